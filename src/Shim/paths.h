/* Which paths the daemon serves. Its tree under DRM_ACTORS_ROOT mirrors them with real folders, links and placeholders, so that the
 * kernel does the walking; what programs are told has the tree's own path taken off again. */
#ifndef PATHS_H
#define PATHS_H
#include <fcntl.h>
#include <sys/stat.h>
#include "shim.h"

#define PATH_ROOM 1024 /* what is longer is not served */

enum place {
	ELSEWHERE,
	SERVED, /* in the tree alone; what the system has there is hidden */
	SHARED, /* a folder of the system that has entries of the tree too */
};

struct where {
	enum place place;
	int folder;       /* with name: what the kernel is asked for a path that is not SERVED */
	const char *name;
	char *known;      /* the path as the program knows it; absolute, its end in path */
	char path[PATH_ROOM]; /* the same in the tree */
};

extern char root[PATH_ROOM];
extern unsigned root_length; /* 0 where nothing is served */
extern dev_t root_device;
/* Whether the program stands in a folder, or has opened one, from which a relative path can reach what is served. */
extern bool stands_near, holds_near;

bool may_concern(const char *absolute);
bool climbs(const char *relative);

/* Whether a path has to be looked at: a few compares for nearly all. */
static inline bool concerns(int folder, const char *path)
{
	/* The C library promises that it is never NULL; programs do not. */
	__asm__("" : "+r"(path));
	if (!root_length || !path)
		return false;
	if (path[0] == '/')
		return may_concern(path);
	return folder == AT_FDCWD ? stands_near || (path[0] == '.' && climbs(path)) : holds_near || (armed && path[0] >= '0' && path[0] <= '9');
}

/* Where a path leads, its last link followed or not. */
enum place find(int folder, const char *path, bool follow, struct where *where);
/* Of a descriptor, as the program knows it: its length, or negative. Private is whether the tree holds it. */
int path_of(int fd, char *path, bool *private);
int target_of(int fd, char *path, bool *private); /* what the kernel says of a descriptor; a path of the tree loses its beginning */
int link_of(int fd, char *to); /* what the kernel would say of a dma-buf, a sync file and their like: its length, 0 for what is none */
char *write_node(char *path, unsigned minor); /* its end */
bool is_missing(long r); /* what makes a SHARED folder be the tree's alone */
bool hides(const char *folder, const char *name); /* whether an entry of the system is not shown there */
enum place place_of(struct where *where);

long open_path(int folder, const char *path, int flags, unsigned mode);
/* The number N of /proc/self/fd/N and its like, or -1. */
int descriptor_in(const char *path, const char **rest);
/* A number in a folder of descriptors that the program has opened, as the path that it is, in the room given; any other path as it stands. */
const char *spell_out(int folder, const char *path, char *room);
/* fdinfo of one of ours; ENXIO for what is none. */
long open_fdinfo(const char *path, int flags);
/* A stat of the tree as the system's would be. */
void as_served(const char *known, struct stat *stat);

static inline bool begins(const char *s, const char *with)
{
	while (*with)
		if (*s++ != *with++)
			return false;
	return true;
}

/* A path and what is below it. */
static inline bool within(const char *path, const char *folder)
{
	size_t length = __builtin_strlen(folder);

	return begins(path, folder) && (!path[length] || path[length] == '/');
}
#endif
