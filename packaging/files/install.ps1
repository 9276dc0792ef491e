# 安装 casereview：不联网，不要管理员。双击 安装.cmd 即可；也可以写安装到的文件夹：安装.cmd D:\casereview
param([string]$To = "$env:LOCALAPPDATA\casereview")
$ErrorActionPreference = "Stop"
Remove-Item Env:PYTHONPATH, Env:PYTHONHOME -ErrorAction SilentlyContinue
$Here = Split-Path -Parent $MyInvocation.MyCommand.Path
$Want = (Get-Content "$Here\python版本.txt" -Encoding UTF8).Trim()

function Test-Fits([string[]]$Command) {
    try {
        $rest = @($Command | Select-Object -Skip 1)
        $got = & $Command[0] @rest -c "import sys; print('%d.%d' % sys.version_info[:2])" 2>$null
        return ($got -eq $Want)
    } catch { return $false }
}

$Python = $null
$Tries = @(@("$Here\python\python.exe"), @("py", "-$Want"), @("python"))
foreach ($try in $Tries) {
    if (Test-Fits $try) { $Python = $try; break }
}
if ($null -eq $Python) {
    Write-Host "没有找到 Python $Want（64 位）。请先安装 Python $Want（安装时选“仅为我安装”，不要管理员），再运行一次。"
    exit 2
}
if (Test-Path "$To\程序") {
    Write-Host "$To 里已经装过，先运行那里的 卸载.cmd（不动数据库），再安装。"
    exit 2
}
if ("$To".Length -gt 60) {
    Write-Host "安装到的文件夹太深（$To）：Windows 的路径不能超过 260 个字，请写一个短的，例如 D:\casereview。"
    exit 2
}
$Rest = @($Python | Select-Object -Skip 1)
Write-Host "安装到 $To，大约两分钟……"
try {
    New-Item -ItemType Directory -Force "$To" | Out-Null
    & $Python[0] @Rest -m venv --without-pip "$To\程序"
    if ($LASTEXITCODE -ne 0) { throw "venv" }
    $Own = "$To\程序\Scripts\python.exe"
    & $Python[0] @Rest -m pip --python "$Own" install --quiet --disable-pip-version-check --no-index --only-binary=:all: --require-hashes --no-deps -r "$Here\依赖.txt" --find-links "$Here\wheels"
    if ($LASTEXITCODE -ne 0) { throw "pip" }
    $Wheel = (Get-ChildItem "$Here\wheels\casereview-*.whl" | Select-Object -First 1).FullName
    & $Python[0] @Rest -m pip --python "$Own" install --quiet --disable-pip-version-check --no-index --no-deps "$Wheel"
    if ($LASTEXITCODE -ne 0) { throw "pip" }
    Copy-Item "$Here\启动.cmd", "$Here\卸载.cmd" "$To"
    foreach ($folder in "手册", "样例") {
        if (Test-Path "$Here\$folder") { Copy-Item -Recurse -Force "$Here\$folder" "$To" }
    }
    & $Own -m casereview --version
} catch {
    if (Test-Path "$To\程序") { Remove-Item -Recurse -Force "$To\程序" }
    Write-Host "安装没有完成，已经恢复原样：$_"
    exit 1
}
Write-Host "装好了。双击 $To\启动.cmd 打开；手册在 $To\手册；卸载双击 $To\卸载.cmd。"
