@echo off
chcp 65001 >nul
set PYTHONUTF8=1
set PYTHONPATH=
set PYTHONHOME=
set PATH=%~dp0程序\Scripts;%PATH%
cd /d "%~dp0"
"%~dp0程序\Scripts\python.exe" -m casereview serve --help >nul 2>nul
if errorlevel 1 goto terminal
"%~dp0程序\Scripts\python.exe" -m casereview serve %*
goto end
:terminal
"%~dp0程序\Scripts\python.exe" -m casereview
echo 敲 casereview --help 看全部命令，敲 exit 关闭。
cmd /k
:end
