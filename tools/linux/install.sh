#!/bin/sh
# 为当前用户安装廉哨：程序、菜单项、图标、*.lianshao 文件的打开方式。不需要管理员。卸载：./install.sh --remove
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/bin/lianshao
menu=$data/applications/lianshao.desktop
icon=$data/icons/hicolor/512x512/apps/lianshao.png
mime=$data/mime/packages/lianshao.xml

refresh() {
    if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" || true; fi
    if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications" || true; fi
}

if [ "${1:-}" = --remove ]; then
    rm -f "$program" "$menu" "$icon" "$mime"
    refresh
    echo "已卸载廉哨。试点文件没有动。"
    exit 0
fi

install -D -m 755 "$here/lianshao" "$program"
install -D -m 644 "$here/icon.png" "$icon"
install -D -m 644 "$here/lianshao-mime.xml" "$mime"
mkdir -p "$(dirname "$menu")"
sed "s|^Exec=lianshao|Exec=\"$program\"|" "$here/lianshao.desktop" >"$menu"
refresh
echo "已安装廉哨。可在菜单里找到，或运行：$program"
