/* Where a path leads: to the daemon's tree, to the system, or to a folder that both have a part in. */
#define _GNU_SOURCE
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include "paths.h"

char root[PATH_ROOM];
unsigned root_length;
dev_t root_device;
bool stands_near, holds_near;

/* Folders that both have a part in, and what in them is ours: whatever begins so, or, with "?", what the tree has there. */
static const struct shared {
	const char *folder, *ours, *also;
} shared[] = {
	{ "", NULL, NULL },
	{ "/dev", "dri", NULL },
	{ "/dev/char", "226:", NULL },
	{ "/sys", NULL, NULL },
	{ "/sys/class", "drm", NULL },
	{ "/sys/dev", NULL, NULL },
	{ "/sys/dev/char", "226:", NULL },
	{ "/sys/bus", NULL, NULL },
	{ "/sys/bus/platform", NULL, NULL },
	{ "/sys/bus/platform/devices", "?", NULL },
	{ "/sys/bus/platform/drivers", "?", NULL },
	{ "/sys/devices", NULL, NULL },
	{ "/sys/devices/platform", "?", NULL },
	{ "/sys/kernel", NULL, NULL },
	{ "/sys/kernel/debug", "dri", NULL },
	{ "/run", NULL, NULL },
	{ "/run/udev", NULL, NULL },
	{ "/run/udev/data", "c226:", "+drm:" },
};

bool is_missing(long r)
{
	return r == -ENOENT || r == -EACCES || r == -ENOTDIR;
}

static bool is_ours(const char *pattern, const char *name)
{
	size_t length = pattern ? strlen(pattern) : 0;

	return length && begins(name, pattern) && (pattern[length - 1] == ':' || !name[length] || name[length] == '/');
}

static bool is_there(struct where *where, const char *end)
{
	size_t length = (size_t)(end - where->path);
	char after = where->path[length];

	where->path[length] = 0;
	long r = raw(SYS_faccessat, AT_FDCWD, where->path, 0);
	where->path[length] = after;
	return !r;
}

/* Without a mounted debugfs the system's folder of that name is an empty one of sysfs. */
static bool has_debugfs(void)
{
	struct statfs of;

	return !raw(SYS_statfs, "/sys/kernel/debug", &of) && of.f_type == DEBUGFS_MAGIC;
}

enum place place_of(struct where *where)
{
	const char *known = where->known;

	for (unsigned i = sizeof shared / sizeof *shared; i-- > 0;) {
		const struct shared *row = &shared[i];
		const char *name = known + strlen(row->folder);
		if (!begins(known, row->folder) || (*name && *name != '/'))
			continue;
		if (!strcmp(row->folder, "/sys/kernel/debug") && !has_debugfs())
			return SERVED;
		if (!*name)
			return SHARED;
		name++;
		if (is_ours(row->ours, name) || is_ours(row->also, name))
			return SERVED;
		return row->ours && *row->ours == '?' && is_there(where, strchrnul(name, '/')) ? SERVED : ELSEWHERE;
	}
	return ELSEWHERE;
}

bool hides(const char *folder, const char *name)
{
	for (unsigned i = 0; i < sizeof shared / sizeof *shared; i++)
		if (!strcmp(shared[i].folder, folder))
			return is_ours(shared[i].ours, name) || is_ours(shared[i].also, name);
	return false;
}

/* One of these letters, or no name there at all. */
static bool may_begin(const char *name, const char *letters)
{
	return !*name || *name == '/' || *name == '.' || strchr(letters, *name);
}

static bool may_concern_sys(const char *path)
{
	if (begins(path, "class/"))
		return may_begin(path + 6, "d");
	if (begins(path, "devices/"))
		return may_begin(path + 8, "p");
	if (begins(path, "bus/"))
		return may_begin(path + 4, "p");
	return may_begin(path, "cdbk");
}

bool may_concern(const char *path)
{
	bool may = false;

	switch (path[1]) {
	case 'd':
		may = begins(path + 2, "ev") && (!path[4] || (path[4] == '/' && may_begin(path + 5, "dfc")));
		break;
	case 's':
		may = begins(path + 2, "ys") && (!path[4] || (path[4] == '/' && may_concern_sys(path + 5)));
		break;
	case 'r':
		may = begins(path + 2, "un") && (!path[4] || (path[4] == '/' && may_begin(path + 5, "u")));
		break;
	case 'p':
		may = begins(path + 2, "roc/") && strstr(path + 5, "/fd/");
		break;
	case '/':
	case '.':
	case 0:
		may = true;
	}
	return may || strstr(path, "/..");
}

bool climbs(const char *path)
{
	while (begins(path, "../"))
		path += 3;
	return begins(path, "dev") || begins(path, "sys") || begins(path, "run") || begins(path, "proc");
}

static long number(const char *text, const char **end)
{
	long n = 0;

	if (*text < '0' || *text > '9')
		return -1;
	for (; *text >= '0' && *text <= '9' && n < 1 << 28; text++)
		n = n * 10 + *text - '0';
	*end = text;
	return n;
}

int descriptor_in(const char *path, const char **rest)
{
	const char *end = path;
	long fd;

	if (begins(path, "/dev/fd/"))
		path += 8;
	else if (begins(path, "/proc/self/fd/"))
		path += 14;
	else if (begins(path, "/proc/thread-self/fd/"))
		path += 21;
	else if (begins(path, "/proc/") && number(path + 6, &end) == raw(SYS_getpid) && begins(end, "/fd/"))
		path = end + 4;
	else
		return -1;
	fd = number(path, &end);
	if (fd < 0 || (*end && *end != '/'))
		return -1;
	*rest = end;
	return (int)fd;
}

static char *write_number(char *to, unsigned n)
{
	if (n > 9)
		to = write_number(to, n / 10);
	*to++ = (char)('0' + n % 10);
	*to = 0;
	return to;
}

/* What the kernel says of a descriptor; a path of the tree loses its beginning. */
static int target_of(int fd, char *path, bool *private)
{
	char link[32] = "/proc/self/fd/";
	long length;

	write_number(link + 14, (unsigned)fd);
	length = raw(SYS_readlinkat, AT_FDCWD, link, path, PATH_ROOM - 1);
	if (length < 0 || length == PATH_ROOM - 1)
		return -1;
	path[length] = 0;
	*private = within(path, root);
	if (*private) {
		length -= root_length;
		memmove(path, path + root_length, (size_t)length + 1);
	}
	return (int)length;
}

int path_of(int fd, char *path, bool *private)
{
	struct ours ours;

	if (look_at(fd, &ours) == CARD) {
		strcpy(path, "/dev/dri/card");
		*private = true;
		return (int)(write_number(path + 13, ours.minor) - path);
	}
	return fd < 0 ? -1 : target_of(fd, path, private);
}

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
	const char *rest = path;
	char base[PATH_ROOM] = "";
	bool private = false;
	size_t length = strlen(path);
	int fd = path[0] == '/' ? descriptor_in(path, &rest) : -1;

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
