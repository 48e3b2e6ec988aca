/* For trying the program under Wine 8, never shipped: the random source that Rust's runtime asks Windows 10 for. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length); /* RtlGenRandom, in advapi32 */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T left)
{
    while (left > 0) {
        ULONG some = left > 1u << 20 ? 1u << 20 : (ULONG)left;
        if (!SystemFunction036(bytes, some))
            return FALSE;
        bytes += some;
        left -= some;
    }
    return TRUE;
}
