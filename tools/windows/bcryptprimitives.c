/* Wine 8 lacks this small library of Windows 10, which Go programs need. Only for trying the program under Wine;
   it is not shipped. RtlGenRandom, Windows' older source of randomness, is exported as SystemFunction036. */
#include <stddef.h>
unsigned char __stdcall SystemFunction036(void *buffer, unsigned long length);
__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *data, size_t length) { return SystemFunction036(data, (unsigned long)length); }
