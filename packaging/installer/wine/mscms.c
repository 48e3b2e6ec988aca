/* For trying the program under Wine 8, never shipped: colour profiles, which Qt's Windows platform asks for. None here. */
#include <windows.h>

#define API __declspec(dllexport)

API BOOL WINAPI GetColorProfileFromHandle(HANDLE profile, BYTE *bytes, DWORD *size)
{
    (void)profile;
    (void)bytes;
    if (size)
        *size = 0;
    return FALSE;
}

API BOOL WINAPI CloseColorProfile(HANDLE profile) { (void)profile; return TRUE; }
API HANDLE WINAPI WcsCreateIccProfile(HANDLE space, DWORD options) { (void)space; (void)options; return NULL; }
API HANDLE WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD mode)
{
    (void)profile;
    (void)access;
    (void)share;
    (void)mode;
    return NULL;
}
