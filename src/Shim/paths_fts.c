/* fts: it walks the tree itself, and of each entry the program sees the path without the tree's own. */
#define _GNU_SOURCE
#include <stdlib.h>
#include "next.h"
#include "paths.h"

#define WALKS 16 /* at once; more see the system alone */

static struct walk {
	FTS *fts;
	FTSENT *told; /* shown otherwise than fts needs it, until the next call */
	char *access;
} walks[WALKS];
static unsigned count;

static struct walk *walk_of(FTS *fts)
{
	for (unsigned i = 0; count && i < WALKS; i++)
		if (__atomic_load_n(&walks[i].fts, __ATOMIC_ACQUIRE) == fts)
			return &walks[i];
	return NULL;
}

static void show(struct walk *walk, FTSENT *entry)
{
	if (!entry || entry->fts_pathlen <= root_length || !within(entry->fts_path, root))
		return;
	walk->told = entry;
	walk->access = entry->fts_accpath;
	if (entry->fts_accpath == entry->fts_path)
		entry->fts_accpath += root_length;
	entry->fts_path += root_length;
	entry->fts_pathlen = (unsigned short)(entry->fts_pathlen - root_length);
}

static void take_back(struct walk *walk)
{
	FTSENT *entry = walk->told;

	if (!entry)
		return;
	entry->fts_path -= root_length;
	entry->fts_pathlen = (unsigned short)(entry->fts_pathlen + root_length);
	entry->fts_accpath = walk->access;
	walk->told = NULL;
}

static __attribute__((noinline)) FTS *open_found(char *const *paths, int options, ranked *ranks)
{
	unsigned size = 0;
	FTS *fts = NULL;

	while (paths[size])
		size++;
	struct where *where = calloc(size, sizeof *where);
	const char **led = calloc(size + 1, sizeof *led);
	for (unsigned i = 0; where && led && i < size; i++)
		led[i] = find(AT_FDCWD, paths[i], options & (FTS_LOGICAL | FTS_COMFOLLOW), &where[i]) == SERVED ? where[i].path : paths[i];
	/* A change of folder would be told to the program. */
	if (where && led)
		fts = next_fts_open((char *const *)led, options | FTS_NOCHDIR, ranks);
	free(where);
	free(led);
	for (unsigned i = 0; fts && i < WALKS; i++) {
		FTS *none = NULL;
		if (__atomic_compare_exchange_n(&walks[i].fts, &none, fts, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
			walks[i].told = NULL;
			__atomic_fetch_add(&count, 1, __ATOMIC_ACQ_REL);
			break;
		}
	}
	return fts;
}

PUBLIC FTS *fts_open(char *const *paths, int options, ranked *ranks)
{
	for (unsigned i = 0; paths[i]; i++)
		if (concerns(AT_FDCWD, paths[i]))
			return open_found(paths, options, ranks);
	return next_fts_open(paths, options, ranks);
}

PUBLIC FTSENT *fts_read(FTS *fts)
{
	struct walk *walk = walk_of(fts);
	FTSENT *entry;

	if (!walk)
		return next_fts_read(fts);
	take_back(walk);
	entry = next_fts_read(fts);
	show(walk, entry);
	if (walk->told && entry->fts_statp && entry->fts_info != FTS_NS && entry->fts_info != FTS_NSOK) {
		as_served(entry->fts_path, entry->fts_statp);
		entry->fts_info = S_ISCHR(entry->fts_statp->st_mode) ? FTS_DEFAULT : entry->fts_info;
	}
	return entry;
}

PUBLIC FTSENT *fts_children(FTS *fts, int options)
{
	struct walk *walk = walk_of(fts);
	FTSENT *told = walk ? walk->told : NULL, *children;

	if (walk)
		take_back(walk);
	children = next_fts_children(fts, options);
	if (told)
		show(walk, told);
	return children;
}

PUBLIC int fts_close(FTS *fts)
{
	struct walk *walk = walk_of(fts);

	if (walk) {
		take_back(walk);
		__atomic_store_n(&walk->fts, NULL, __ATOMIC_RELEASE);
		__atomic_fetch_sub(&count, 1, __ATOMIC_ACQ_REL);
	}
	return next_fts_close(fts);
}

/* The same under the names of programs that ask for 64-bit offsets. */
_Static_assert(sizeof(FTSENT) == sizeof(FTSENT64), "one layout");
typedef int ranked64(const FTSENT64 **, const FTSENT64 **);
PUBLIC FTS64 *fts64_open(char *const *paths, int options, ranked64 *ranks) { return (FTS64 *)fts_open(paths, options, (ranked *)ranks); }
PUBLIC FTSENT64 *fts64_read(FTS64 *fts) { return (FTSENT64 *)fts_read((FTS *)fts); }
PUBLIC FTSENT64 *fts64_children(FTS64 *fts, int options) { return (FTSENT64 *)fts_children((FTS *)fts, options); }
PUBLIC int fts64_close(FTS64 *fts) { return fts_close((FTS *)fts); }
