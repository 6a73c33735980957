#!/bin/bash
# Rebuilds NotoSansSC-Regular.ttf and NotoSansSC-Bold.ttf from the published fonts, byte for byte.
# Needs: npm, and /usr/bin/python3 with fonttools (Debian: apt-get install npm python3-fonttools).
# Usage: assets/fonts/make.sh [folder of an already unpacked package]
set -euo pipefail
package='@expo-google-fonts/noto-sans-sc@0.4.3'
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_dir=${1:-}

if [ -z "$source_dir" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    (cd "$scratch" && npm pack --silent "$package" >/dev/null && tar -xzf ./*.tgz)
    source_dir=$scratch/package
fi

/usr/bin/python3 "$here/subset.py" "$source_dir" "$here"
cp "$source_dir/LICENSE_FONT" "$here/OFL.txt"
chmod 644 "$here/OFL.txt"
(cd "$here" && sha256sum -- *.ttf)
