; The installer: for one user, without administrator, in Vietnamese. Made by packaging/dev.py build, which defines
; VERSION, NUMBERS (four of them), DIST (the one-folder program), OUT, ICON and KILOBYTES.
; The same file installs, upgrades in place, and repairs. The school's data lies elsewhere and is never touched by it.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include MUI2.nsh
!include WinVer.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh

!define NAME "EduDesk"
!define OWN "Software\EduDesk"
!define REMOVE "Software\Microsoft\Windows\CurrentVersion\Uninstall\EduDesk"
!define DATA "$LOCALAPPDATA\EduDesk"
!define OLDEST_BUILD 17763 ; Windows 10 1809, the first that Qt supports

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\EduDesk"
InstallDirRegKey HKCU "${OWN}" "Folder"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=0 "FileDescription" "Bộ cài EduDesk"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

Var Before ; the version that is there already; empty when none

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "EduDesk ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$R9"
!define MUI_FINISHPAGE_TITLE "Đã cài xong EduDesk"
!define MUI_FINISHPAGE_TEXT "Bấm đúp biểu tượng EduDesk trên màn hình nền, hoặc tìm EduDesk trong menu Start."
!define MUI_FINISHPAGE_RUN "$INSTDIR\edudesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Mở EduDesk ngay"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_ICONSTOP "EduDesk cần Windows 10 bản 1809 trở lên, 64 bit. Máy này dùng bản cũ hơn nên chưa cài được." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ReadRegStr $Before HKCU "${REMOVE}" "DisplayVersion"
  ${If} $Before == ""
    StrCpy $R9 "EduDesk sẽ được cài cho riêng tài khoản này của máy, không cần quyền quản trị. Bấm Tiếp tục để cài."
  ${ElseIf} $Before == "${VERSION}"
    StrCpy $R9 "Máy này đã có EduDesk ${VERSION}. Cài lại sẽ sửa các tệp của chương trình bị thiếu hoặc bị hỏng. Dữ liệu của trường giữ nguyên."
  ${Else}
    StrCpy $R9 "Máy này đang có EduDesk $Before, sẽ được nâng lên ${VERSION} ngay tại chỗ. Dữ liệu của trường giữ nguyên."
    ${VersionCompare} "$Before" "${VERSION}" $0
    ${If} $0 == 1
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "Máy này đang có bản mới hơn ($Before). Bản ${VERSION} có thể không mở được dữ liệu mà bản mới đã ghi. Vẫn cài bản cũ?" /SD IDNO IDYES older
      SetErrorLevel 2
      Quit
      older:
    ${EndIf}
  ${EndIf}
FunctionEnd

; The folder of the data is no place for the program: removing one must not reach the other.
Function .onVerifyInstDir
  ${If} $INSTDIR == "${DATA}"
    Abort
  ${EndIf}
FunctionEnd

!macro WAIT_UNTIL_CLOSED un
Function ${un}WaitUntilClosed
  again:
  ${IfNot} ${FileExists} "$INSTDIR\edudesk.exe"
    Return
  ${EndIf}
  ClearErrors
  FileOpen $0 "$INSTDIR\edudesk.exe" a ; refused by Windows while the program runs
  ${If} ${Errors}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "EduDesk đang mở. Hãy đóng cửa sổ EduDesk rồi bấm Thử lại." /SD IDCANCEL IDRETRY again
    SetErrorLevel 4
    Quit
  ${EndIf}
  FileClose $0
FunctionEnd
!macroend
!insertmacro WAIT_UNTIL_CLOSED ""
!insertmacro WAIT_UNTIL_CLOSED "un."

; Only what is ours by name: a folder that people chose may hold other things.
!macro REMOVE_PROGRAM
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\edudesk.exe"
  Delete "$INSTDIR\edudesk-cli.exe"
  Delete "$INSTDIR\LICENSES.txt"
!macroend

Section
  Call WaitUntilClosed
  !insertmacro REMOVE_PROGRAM
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${DIST}/*"
  ${If} ${Errors}
    MessageBox MB_ICONSTOP "Chưa chép được tệp vào $INSTDIR. Hãy xem ổ đĩa còn chỗ không, thư mục có ghi được không, rồi chạy lại bộ cài." /SD IDOK
    SetErrorLevel 5
    Abort
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\EduDesk.lnk" "$INSTDIR\edudesk.exe" "" "$INSTDIR\edudesk.exe" 0 SW_SHOWNORMAL "" "Sổ điểm và hồ sơ của trường"
  CreateShortcut "$DESKTOP\EduDesk.lnk" "$INSTDIR\edudesk.exe" "" "$INSTDIR\edudesk.exe" 0 SW_SHOWNORMAL "" "Sổ điểm và hồ sơ của trường"
  WriteRegStr HKCU "${OWN}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${REMOVE}" "DisplayName" "EduDesk – sổ điểm và hồ sơ của trường"
  WriteRegStr HKCU "${REMOVE}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVE}" "DisplayIcon" "$INSTDIR\edudesk.exe"
  WriteRegStr HKCU "${REMOVE}" "Publisher" "EduDesk"
  WriteRegStr HKCU "${REMOVE}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVE}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${REMOVE}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${REMOVE}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${REMOVE}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVE}" "NoRepair" 1 ; repairing is running this installer again
SectionEnd

Section Uninstall
  Call un.WaitUntilClosed
  !insertmacro REMOVE_PROGRAM
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\EduDesk.lnk"
  Delete "$DESKTOP\EduDesk.lnk"
  DeleteRegKey HKCU "${REMOVE}"
  DeleteRegKey HKCU "${OWN}"
  ; Silent removal never reaches the data.
  ${If} ${Silent}
    Goto kept
  ${EndIf}
  ${IfNot} ${FileExists} "${DATA}\*.*"
    Goto kept
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON1 "Đã gỡ chương trình. Giữ lại dữ liệu của trường (điểm, hồ sơ, bản sao lưu) trong$\r$\n${DATA}?$\r$\n$\r$\nGiữ lại thì lần cài sau mở ra làm tiếp được." /SD IDYES IDYES kept
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "Xóa thì không lấy lại được, kể cả bản sao lưu trong thư mục ấy. Chắc chắn xóa hết dữ liệu của trường?" /SD IDNO IDNO kept
  RMDir /r "${DATA}"
  kept:
SectionEnd
