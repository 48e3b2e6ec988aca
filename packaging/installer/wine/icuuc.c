/* For trying the program under Wine 8, never shipped: the converters of Windows' own ICU that Qt6Core imports.
   Opening any of them fails, so Qt uses its built-in ones (UTF-8, UTF-16, Latin 1). */

#define API __declspec(dllexport)
#define NO_SUCH_FILE 4 /* U_FILE_ACCESS_ERROR */

static void refuse(int *error)
{
    if (error)
        *error = NO_SUCH_FILE;
}

API void *ucnv_open(const char *name, int *error) { (void)name; refuse(error); return 0; }
API void ucnv_close(void *converter) { (void)converter; }
API void ucnv_reset(void *converter) { (void)converter; }
API signed char ucnv_getMaxCharSize(void *converter) { (void)converter; return 4; }
API const char *ucnv_getName(void *converter, int *error) { (void)converter; refuse(error); return 0; }
API const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name;
    (void)standard;
    refuse(error);
    return 0;
}
API int ucnv_countAvailable(void) { return 0; }
API const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
API int ucnv_toUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }
API int ucnv_fromUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }

API void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
API void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
API void ucnv_getToUCallBack(void *converter, void **action, void **context) { (void)converter; (void)action; (void)context; }
API void ucnv_getFromUCallBack(void *converter, void **action, void **context) { (void)converter; (void)action; (void)context; }
API void ucnv_setToUCallBack(void *c, void *action, void *context, void **old, void **olds, int *error)
{
    (void)c; (void)action; (void)context; (void)old; (void)olds; (void)error;
}
API void ucnv_setFromUCallBack(void *c, void *action, void *context, void **old, void **olds, int *error)
{
    (void)c; (void)action; (void)context; (void)old; (void)olds; (void)error;
}
API void ucnv_cbFromUWriteUChars(void *a, void *from, void *to, int index, int *error) { (void)a; (void)from; (void)to; (void)index; refuse(error); }
API void ucnv_cbToUWriteUChars(void *a, void *from, int length, int index, int *error) { (void)a; (void)from; (void)length; (void)index; refuse(error); }
API void ucnv_toUnicode(void *c, void *to, void *end, void *from, void *last, void *offsets, int flush, int *error)
{
    (void)c; (void)to; (void)end; (void)from; (void)last; (void)offsets; (void)flush;
    refuse(error);
}
API void ucnv_fromUnicode(void *c, void *to, void *end, void *from, void *last, void *offsets, int flush, int *error)
{
    (void)c; (void)to; (void)end; (void)from; (void)last; (void)offsets; (void)flush;
    refuse(error);
}
