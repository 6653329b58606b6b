/* Where a path leads: each part of it looked at as the kernel would, in the tree or in the system. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include "paths.h"

/* The path in where without links, as far as it is there; what is not stays behind it. */
static void settle(struct where *where, bool follow, bool inside, bool *private)
{
	char rest[PATH_ROOM], found[PATH_ROOM];
	char *path = inside ? where->path : where->known;
	size_t length = strlen(where->known), at = length;
	int size = -1;
	long fd;

	for (;;) {
		char after = where->known[at];
		where->known[at] = 0;
		fd = raw(SYS_openat, AT_FDCWD, *path ? path : "/", O_PATH | O_CLOEXEC | (follow || at < length ? 0 : O_NOFOLLOW), 0);
		where->known[at] = after;
		if (fd != -ENOENT || !at)
			break;
		while (at > 0 && where->known[--at] != '/')
			;
	}
	if (fd >= 0) {
		size = target_of((int)fd, found, private);
		raw(SYS_close, fd);
	}
	strcpy(rest, where->known + at);
	if (size < 0 || root_length + (size_t)size + strlen(rest) >= PATH_ROOM)
		return;
	strcpy(where->known, size == 1 ? "" : found);
	strcat(where->known, rest);
}

static bool append(struct where *where, const char *path, bool settled, bool *private)
{
	size_t length = strlen(where->known);

	while (*path) {
		size_t size = (size_t)(strchrnul(path, '/') - path);
		if (size == 2 && path[0] == '.' && path[1] == '.') {
			bool inside = place_of(where) == SERVED;
			if (!settled)
				settle(where, true, inside, private);
			*private |= inside;
			char *last = strrchr(where->known, '/');
			length = last ? (size_t)(last - where->known) : 0;
			where->known[length] = 0;
			settled = true;
		} else if (size && !(size == 1 && path[0] == '.')) {
			if (root_length + length + size + 3 >= PATH_ROOM)
				return false;
			where->known[length++] = '/';
			memcpy(where->known + length, path, size);
			where->known[length += size] = 0;
			settled = false;
		}
		path += size;
		path += *path == '/';
	}
	return true;
}

__attribute__((noinline)) enum place find(int folder, const char *path, bool follow, struct where *where)
{
	const char *rest = path, *spelled;
	char base[PATH_ROOM] = "", room[PATH_ROOM];
	bool private = false;
	size_t length = strlen(path);
	int fd = (spelled = spell_out(folder, path, room))[0] == '/' ? descriptor_in(spelled, &rest) : -1;

	where->folder = folder;
	where->name = path;
	where->known = where->path + root_length;
	where->place = ELSEWHERE;
	memcpy(where->path, root, root_length + 1);
	if (length >= PATH_ROOM)
		return ELSEWHERE;
	if (fd >= 0) {
		if ((!*rest && !follow) || path_of(fd, base, &private) < 0)
			return ELSEWHERE;
	} else if (path[0] != '/' && folder != AT_FDCWD) {
		if (path_of(folder, base, &private) < 0)
			return ELSEWHERE;
	} else if (path[0] != '/') {
		if (raw(SYS_getcwd, base, sizeof base) < 0)
			return ELSEWHERE;
		private = within(base, root);
		if (private)
			memmove(base, base + root_length, strlen(base + root_length) + 1);
	}
	if ((*base && *base != '/') || root_length + strlen(base) >= PATH_ROOM)
		return ELSEWHERE;
	strcpy(where->known, strcmp(base, "/") ? base : "");
	if (!append(where, rest, true, &private))
		return ELSEWHERE;
	where->place = place_of(where);
	if (where->place == SERVED) {
		bool folder_wanted = length && path[length - 1] == '/';
		settle(where, follow || folder_wanted, true, &private);
		private = true;
		where->place = place_of(where);
		if (where->place == SERVED && folder_wanted)
			strcat(where->known, "/");
	}
	if (private) {
		where->folder = AT_FDCWD;
		where->name = *where->known ? where->known : "/";
	}
	return where->place;
}

/* What the process was born with: where it stands, and open folders. */
__attribute__((constructor(101))) static void start_paths(void)
{
	const char *path = getenv("DRM_ACTORS_ROOT");
	struct where where;
	struct stat of;
	bool private;
	long fd = path && *path == '/' ? raw(SYS_openat, AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0) : -1;
	int length = fd < 0 ? -1 : target_of((int)fd, root, &private);

	if (fd >= 0) {
		raw(SYS_fstat, fd, &of);
		raw(SYS_close, fd);
	}
	if (length < 2 || length > PATH_ROOM / 2) {
		root[0] = 0;
		return;
	}
	root_device = of.st_dev;
	root_length = (unsigned)length;
	stands_near = find(AT_FDCWD, ".", true, &where) != ELSEWHERE;
	for (int i = 0; i < 64 && !holds_near; i++)
		holds_near = find(i, ".", true, &where) != ELSEWHERE;
}
