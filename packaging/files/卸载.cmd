@echo off
chcp 65001 >nul
if exist "%~dp0程序\pyvenv.cfg" goto remove
echo 这里没有装过 casereview，什么也没有做。
pause
goto end
:remove
rmdir /s /q "%~dp0程序"
if exist "%~dp0手册" rmdir /s /q "%~dp0手册"
if exist "%~dp0样例" rmdir /s /q "%~dp0样例"
if exist "%LOCALAPPDATA%\casereview\pages" rmdir /s /q "%LOCALAPPDATA%\casereview\pages"
echo 已卸载。数据库（casereview.db 等）和文书还在这个文件夹，不要的请自己删除。
pause
del "%~dp0启动.cmd"
del "%~f0"
:end
