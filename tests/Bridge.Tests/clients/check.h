/* For the C clients of the tests: a scenario is a function, and the first thing that is not as it should be ends it. */
#ifndef CHECK_H
#define CHECK_H
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition) \
	do { \
		errno = 0; \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s (%s)\n", __FILE__, __LINE__, #condition, strerror(errno)); \
			exit(1); \
		} \
	} while (0)

/* A system call that fails with this errno. */
#define FAILS(call, error) \
	do { \
		errno = 0; \
		long r_ = (long)(call); \
		if (r_ != -1 || errno != (error)) { \
			fprintf(stderr, "%s:%d: %s: %ld, %s instead of %s\n", __FILE__, __LINE__, #call, r_, strerror(errno), strerror(error)); \
			exit(1); \
		} \
	} while (0)

struct scenario {
	const char *name;
	void (*run)(void);
};

static inline int run_scenario(const struct scenario *all, int argc, char **argv)
{
	for (; argc > 1 && all->name; all++)
		if (!strcmp(all->name, argv[1])) {
			all->run();
			return 0;
		}
	fprintf(stderr, "no such scenario\n");
	return 2;
}
#endif
