/* Listings: a folder that system and tree share shows the entries of both, and nodes are told as nodes. */
#define _GNU_SOURCE
#include <string.h>
#include "next.h"
#include "paths.h"

#define LISTINGS 64 /* open at once; what is over them shows the system's entries alone */

static struct listing {
	DIR *dir;
	DIR *tree; /* what follows the system's entries; NULL for none */
	bool follows;
	char known[32];
} listings[LISTINGS];
static unsigned count;

static struct listing *listing_of(DIR *dir)
{
	for (unsigned i = 0; i < LISTINGS; i++)
		if (__atomic_load_n(&listings[i].dir, __ATOMIC_ACQUIRE) == dir)
			return &listings[i];
	return NULL;
}

static DIR *list(DIR *dir, DIR *tree, const char *known)
{
	for (unsigned i = 0; dir && strlen(known) < sizeof listings[i].known && i < LISTINGS; i++) {
		DIR *none = NULL;
		if (!__atomic_compare_exchange_n(&listings[i].dir, &none, dir, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
			continue;
		listings[i].tree = tree;
		listings[i].follows = false;
		strcpy(listings[i].known, known);
		__atomic_fetch_add(&count, 1, __ATOMIC_ACQ_REL);
		return dir;
	}
	if (tree)
		next_closedir(tree);
	return dir;
}

static DIR *list_in_tree(DIR *dir, const char *known)
{
	return within(known, "/dev/dri") ? list(dir, NULL, "/dev/dri") : dir;
}

static __attribute__((noinline)) DIR *open_found(const char *path)
{
	struct where where;
	enum place place = find(AT_FDCWD, path, true, &where);
	DIR *dir = place == SERVED ? NULL : next_opendir(where.name);

	holds_near |= place != ELSEWHERE;
	if (place == SHARED && dir)
		return list(dir, next_opendir(where.path), where.known);
	return place == SERVED || (place == SHARED && is_missing(-errno)) ? list_in_tree(next_opendir(where.path), where.known) : dir;
}

PUBLIC DIR *opendir(const char *path)
{
	return concerns(AT_FDCWD, path) ? open_found(path) : next_opendir(path);
}

static __attribute__((noinline)) DIR *adopt(int fd)
{
	struct where where;
	enum place place = find(fd, ".", true, &where);
	DIR *dir = next_fdopendir(fd);

	if (place == SERVED)
		return list_in_tree(dir, where.known);
	return dir && place == SHARED && where.folder == fd ? list(dir, next_opendir(where.path), where.known) : dir;
}

PUBLIC DIR *fdopendir(int fd)
{
	return root_length && holds_near ? adopt(fd) : next_fdopendir(fd);
}

static struct dirent *told(const struct listing *listing, struct dirent *entry)
{
	if (entry->d_type == DT_REG && !strcmp(listing->known, "/dev/dri"))
		entry->d_type = DT_CHR;
	return entry;
}

/* Whether the system has shown it. */
static bool is_shown(const struct listing *listing, const char *name)
{
	struct stat of;

	return !hides(listing->known, name) && !raw(SYS_newfstatat, dirfd(listing->dir), name, &of, AT_SYMLINK_NOFOLLOW);
}

static __attribute__((noinline)) struct dirent *read_listing(struct listing *listing)
{
	struct dirent *entry;

	while (!listing->follows && (entry = next_readdir(listing->dir)))
		if (!listing->tree || !hides(listing->known, entry->d_name))
			return told(listing, entry);
	listing->follows = true;
	while (listing->tree && (entry = next_readdir(listing->tree)))
		if (!is_shown(listing, entry->d_name))
			return told(listing, entry);
	return NULL;
}

PUBLIC struct dirent *readdir(DIR *dir)
{
	struct listing *listing = count ? listing_of(dir) : NULL;

	return listing ? read_listing(listing) : next_readdir(dir);
}

PUBLIC struct dirent64 *readdir64(DIR *dir) { return (struct dirent64 *)readdir(dir); }

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
PUBLIC int readdir_r(DIR *dir, struct dirent *to, struct dirent **result)
{
	struct listing *listing = count ? listing_of(dir) : NULL;

	if (!listing)
		return next_readdir_r(dir, to, result);
	*result = read_listing(listing);
	if (*result)
		*result = memcpy(to, *result, (*result)->d_reclen);
	return 0;
}

PUBLIC int readdir64_r(DIR *dir, struct dirent64 *to, struct dirent64 **result)
{
	return readdir_r(dir, (struct dirent *)to, (struct dirent **)result);
}

PUBLIC void rewinddir(DIR *dir)
{
	struct listing *listing = count ? listing_of(dir) : NULL;

	next_rewinddir(dir);
	if (listing) {
		listing->follows = false;
		if (listing->tree)
			next_rewinddir(listing->tree);
	}
}

PUBLIC int closedir(DIR *dir)
{
	struct listing *listing = count ? listing_of(dir) : NULL;

	if (listing) {
		if (listing->tree)
			next_closedir(listing->tree);
		__atomic_store_n(&listing->dir, NULL, __ATOMIC_RELEASE);
		__atomic_fetch_sub(&count, 1, __ATOMIC_ACQ_REL);
	}
	return next_closedir(dir);
}
