/* What the C library does over whole folders without asking the functions that we stand in front of. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "next.h"
#include "paths.h"

static int give_up(struct dirent **entries, int count, DIR *dir)
{
	while (count--)
		free(entries[count]);
	free(entries);
	if (dir)
		closedir(dir);
	return -1;
}

static int scan(DIR *dir, struct dirent ***result, picked *picks, compared *compares)
{
	struct dirent **entries = NULL, *entry;
	int count = 0;

	while (dir && (entry = readdir(dir))) {
		if (picks && !picks(entry))
			continue;
		struct dirent **wider = realloc(entries, (size_t)(count + 1) * sizeof *entries);
		if (!wider)
			return give_up(entries, count, dir);
		entries = wider;
		if (!(entries[count] = malloc(entry->d_reclen)))
			return give_up(entries, count, dir);
		memcpy(entries[count++], entry, entry->d_reclen);
	}
	if (!dir)
		return -1;
	closedir(dir);
	if (compares && count)
		qsort(entries, (size_t)count, sizeof *entries, (int (*)(const void *, const void *))compares);
	*result = entries ? entries : malloc(1);
	return count;
}

PUBLIC int scandirat(int folder, const char *path, struct dirent ***result, picked *picks, compared *compares)
{
	if (!concerns(folder, path))
		return next_scandirat(folder, path, result, picks, compares);
	int fd = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return scan(fd < 0 ? NULL : fdopendir(fd), result, picks, compares);
}

PUBLIC int scandir(const char *path, struct dirent ***result, picked *picks, compared *compares)
{
	return scandirat(AT_FDCWD, path, result, picks, compares);
}

typedef int picked64(const struct dirent64 *);
typedef int compared64(const struct dirent64 **, const struct dirent64 **);

PUBLIC int scandirat64(int folder, const char *path, struct dirent64 ***result, picked64 *picks, compared64 *compares)
{
	return scandirat(folder, path, (struct dirent ***)result, (picked *)picks, (compared *)compares);
}

PUBLIC int scandir64(const char *path, struct dirent64 ***result, picked64 *picks, compared64 *compares)
{
	return scandirat64(AT_FDCWD, path, result, picks, compares);
}

static void *list_folder(const char *path) { return opendir(path); }
static struct dirent *list_entry(void *dir) { return readdir(dir); }
static void list_end(void *dir) { closedir(dir); }

/* A pattern may become any path. */
PUBLIC int glob(const char *pattern, int flags, failed *fails, glob_t *found)
{
	if (flags & GLOB_ALTDIRFUNC || !root_length)
		return next_glob(pattern, flags, fails, found);
	found->gl_opendir = list_folder;
	found->gl_readdir = list_entry;
	found->gl_closedir = list_end;
	found->gl_stat = stat;
	found->gl_lstat = lstat;
	int r = next_glob(pattern, flags | GLOB_ALTDIRFUNC, fails, found);
	found->gl_flags &= ~GLOB_ALTDIRFUNC;
	return r;
}

_Static_assert(sizeof(glob_t) == sizeof(glob64_t), "one layout");
PUBLIC int glob64(const char *pattern, int flags, failed *fails, glob64_t *found)
{
	return glob(pattern, flags, fails, (glob_t *)found);
}

struct walk {
	__ftw_func_t plain;
	__nftw_func_t told; /* one of the two */
	int flags;
	struct { dev_t device; ino_t file; } *seen; /* folders, where links are followed: they lead around in sysfs */
	size_t count;
	char path[PATH_ROOM];
};

static int tell_of(struct walk *walk, const struct stat *of, int kind, int base, int level)
{
	struct FTW at = { base, level };

	return walk->plain ? walk->plain(walk->path, of, kind == FTW_SLN ? FTW_SL : kind) : walk->told(walk->path, of, kind, &at);
}

static bool is_new(struct walk *walk, const struct stat *of)
{
	if (walk->flags & FTW_PHYS)
		return true;
	for (size_t i = 0; i < walk->count; i++)
		if (walk->seen[i].device == of->st_dev && walk->seen[i].file == of->st_ino)
			return false;
	void *wider = realloc(walk->seen, (walk->count + 1) * sizeof *walk->seen);
	if (!wider)
		return false;
	walk->seen = wider;
	walk->seen[walk->count].device = of->st_dev;
	walk->seen[walk->count++].file = of->st_ino;
	return true;
}

#define ENDS(r) ((r) && (!(walk->flags & FTW_ACTIONRETVAL) || (r) == FTW_STOP))

static int visit(struct walk *walk, int base, int level);

static int visit_entries(struct walk *walk, DIR *dir, int level)
{
	size_t length = strlen(walk->path);
	struct dirent *entry;
	int r = 0;

	while (!r && (entry = readdir(dir))) {
		size_t size = strlen(entry->d_name);
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || length + size + 2 > PATH_ROOM)
			continue;
		size_t at = length && walk->path[length - 1] == '/' ? length : length + 1;
		walk->path[at - 1] = '/';
		memcpy(walk->path + at, entry->d_name, size + 1);
		r = visit(walk, (int)at, level + 1);
		walk->path[length] = 0;
		if (walk->flags & FTW_ACTIONRETVAL && r == FTW_SKIP_SIBLINGS)
			return 0;
	}
	return r;
}

static int visit_folder(struct walk *walk, const struct stat *of, int base, int level)
{
	DIR *dir = opendir(walk->path);
	bool deep = walk->flags & FTW_DEPTH;
	int r = dir && deep ? 0 : tell_of(walk, of, dir ? FTW_D : FTW_DNR, base, level);

	if (!r && dir)
		r = visit_entries(walk, dir, level);
	else if (walk->flags & FTW_ACTIONRETVAL && r == FTW_SKIP_SUBTREE)
		r = 0;
	if (dir)
		closedir(dir);
	return !r && dir && deep ? tell_of(walk, of, FTW_DP, base, level) : r;
}

static int visit(struct walk *walk, int base, int level)
{
	struct stat of = { 0 };
	bool physical = walk->flags & FTW_PHYS;
	int r;

	if (!(physical ? lstat : stat)(walk->path, &of)) {
		if (S_ISDIR(of.st_mode))
			return is_new(walk, &of) ? visit_folder(walk, &of, base, level) : 0;
		r = tell_of(walk, &of, S_ISLNK(of.st_mode) ? FTW_SL : FTW_F, base, level);
	} else
		r = tell_of(walk, &of, !physical && !lstat(walk->path, &of) ? FTW_SLN : FTW_NS, base, level);
	return ENDS(r) || (walk->flags & FTW_ACTIONRETVAL && r == FTW_SKIP_SIBLINGS) ? r : 0;
}

static int walk_from(const char *path, struct walk *walk)
{
	size_t length = strlen(path);

	if (length >= PATH_ROOM)
		return (int)returned(-ENAMETOOLONG);
	memcpy(walk->path, path, length + 1);
	while (length > 1 && walk->path[length - 1] == '/')
		walk->path[--length] = 0;
	struct stat of;
	if (lstat(path, &of))
		return -1;
	int r = visit(walk, (int)(strrchr(walk->path, '/') + 1 - walk->path), 0);
	free(walk->seen);
	return r;
}

PUBLIC int ftw(const char *path, __ftw_func_t function, int descriptors)
{
	if (*path != '/' || !concerns(AT_FDCWD, path))
		return next_ftw(path, function, descriptors);
	return walk_from(path, &(struct walk){ .plain = function });
}

/* The one that changes folders as it goes stays the C library's. */
PUBLIC int nftw(const char *path, __nftw_func_t function, int descriptors, int flags)
{
	if (*path != '/' || flags & FTW_CHDIR || !concerns(AT_FDCWD, path))
		return next_nftw(path, function, descriptors, flags);
	return walk_from(path, &(struct walk){ .told = function, .flags = flags });
}

PUBLIC int ftw64(const char *path, __ftw64_func_t function, int descriptors)
{
	return ftw(path, (__ftw_func_t)function, descriptors);
}

PUBLIC int nftw64(const char *path, __nftw64_func_t function, int descriptors, int flags)
{
	return nftw(path, (__nftw_func_t)function, descriptors, flags);
}
