/* Lets a program that is linked here start on systems with an older C library (glibc 2.28: Kylin V10, UOS 20,
   Debian 10). Since glibc 2.34 these functions carry a new version mark, though their old forms are still there;
   ./task links with -Wl,--wrap so that every call comes by here and asks for the old form. */
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>

#define OLD(name) __asm__(".symver old_" #name "," #name "@GLIBC_2.2.5")

#define WRAP(type, name, parameters, arguments) \
	OLD(name);                              \
	type old_##name parameters;             \
	type __wrap_##name parameters { return old_##name arguments; }

WRAP(int, pthread_create, (pthread_t *t, const pthread_attr_t *a, void *(*f)(void *), void *x), (t, a, f, x))
WRAP(int, pthread_sigmask, (int how, const sigset_t *set, sigset_t *old), (how, set, old))
WRAP(int, pthread_getattr_np, (pthread_t t, pthread_attr_t *a), (t, a))
WRAP(int, pthread_attr_getstack, (const pthread_attr_t *a, void **address, size_t *size), (a, address, size))
WRAP(int, pthread_attr_getstacksize, (const pthread_attr_t *a, size_t *size), (a, size))
WRAP(int, pthread_key_create, (pthread_key_t *k, void (*end)(void *)), (k, end))
WRAP(int, pthread_key_delete, (pthread_key_t k), (k))
WRAP(void *, pthread_getspecific, (pthread_key_t k), (k))
WRAP(int, pthread_setspecific, (pthread_key_t k, const void *x), (k, x))
WRAP(void *, dlopen, (const char *file, int mode), (file, mode))
WRAP(void *, dlsym, (void *library, const char *name), (library, name))
WRAP(int, dlclose, (void *library), (library))

typedef int start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(int, char **, char **),
		       void (*fini)(void), void (*rtld_fini)(void), void *stack_end);
typedef void constructor(int, char **, char **);

extern constructor *__init_array_start[], *__init_array_end[];

/* The new start-up code leaves the constructors to the C library; an old one expects the program to run them. */
static void run_constructors(int argc, char **argv, char **environment)
{
	for (constructor **c = __init_array_start; c < __init_array_end; c++)
		(*c)(argc, argv, environment);
}

OLD(__libc_start_main);
start_main old___libc_start_main;
int __wrap___libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(int, char **, char **),
			     void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
	return old___libc_start_main(main, argc, argv, init ? init : run_constructors, fini, rtld_fini, stack_end);
}
