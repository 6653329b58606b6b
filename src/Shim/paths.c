/* Which paths are the daemon's, the system's, or folders that both have a part in. */
#define _GNU_SOURCE
#include <linux/magic.h>
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
	{ "/sys/kernel/debug/sync", "sw_sync", "info" },
	{ "/run", NULL, NULL },
	{ "/run/udev", "control", NULL },
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
		may = begins(path + 2, "roc/") && (strstr(path + 5, "/fd/") || strstr(path + 5, "/fdinfo/"));
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
