// Command lianshao is 廉哨, an offline desktop application for integrity-risk
// warning and prevention.
package main

func main() {}
