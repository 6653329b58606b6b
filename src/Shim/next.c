/* Found once, before main. A call that comes earlier finds its function by itself. One that an older C library has not is missed when it is called. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include "next.h"

static void *find(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (!found)
		abort();
	return found;
}

#define DEFINE(type, name, parameters, arguments) \
	static type(*found_##name) parameters; \
	type next_##name parameters \
	{ \
		if (!found_##name) \
			found_##name = find(#name); \
		return found_##name arguments; \
	}
NEXT_FUNCTIONS(DEFINE)

#define FIND(type, name, parameters, arguments) found_##name = dlsym(RTLD_NEXT, #name);
__attribute__((constructor(101))) static void find_all(void)
{
	NEXT_FUNCTIONS(FIND)
}
