/* What a file is: placeholders of the tree are told as the nodes and files that they stand for. */
#define _GNU_SOURCE
#include <linux/magic.h>
#include <sys/sysmacros.h>
#include <sys/statfs.h>
#include <unistd.h>
#include "paths.h"
#include "shared.h"

#define DRM_MAJOR 226
#ifndef SOCKFS_MAGIC
#define SOCKFS_MAGIC 0x534f434b
#endif

/* The device of the file system that the path would lie on; debugfs is never that of its folder. */
static dev_t device_of(const char *known)
{
	const char *mount = begins(known, "/dev") ? "/dev" : begins(known, "/run") ? "/run" : "/sys";
	struct stat of = { 0 };

	raw(SYS_newfstatat, AT_FDCWD, mount, &of, 0);
	return within(known, "/sys/kernel/debug") ? of.st_dev + 0x100000 : of.st_dev;
}

/* The placeholder of a node is a sticky file, as long as its minor number. */
void as_served(const char *known, struct stat *stat)
{
	stat->st_dev = device_of(known);
	stat->st_uid = stat->st_gid = 0;
	stat->st_blocks = 0;
	if (S_ISREG(stat->st_mode) && stat->st_mode & S_ISVTX) {
		stat->st_mode = S_IFCHR | (stat->st_mode & 0777);
		stat->st_rdev = makedev(DRM_MAJOR, (unsigned)stat->st_size);
		stat->st_size = 0;
	}
}

static __attribute__((noinline)) long stat_found(int folder, const char *path, struct stat *stat, int flags)
{
	struct where where;
	enum place place = find(folder, path, !(flags & AT_SYMLINK_NOFOLLOW), &where);
	long r;

	if (place != SERVED) {
		r = raw(SYS_newfstatat, where.folder, where.name, stat, flags);
		if (place == ELSEWHERE || !is_missing(r))
			return r;
	}
	r = raw(SYS_newfstatat, AT_FDCWD, where.path, stat, flags);
	if (!r)
		as_served(where.known, stat);
	return r;
}

static __attribute__((noinline)) bool tree_path(int fd, char *path)
{
	bool private = false;

	return path_of(fd, path, &private) > 0 && private;
}

static __attribute__((noinline)) long stat_card(unsigned minor, struct stat *stat)
{
	char path[32];

	write_node(path, minor);
	return stat_found(AT_FDCWD, path, stat, 0);
}

/* After the system has answered, so that others pay a compare. */
static long stat_descriptor(int fd, struct stat *stat)
{
	struct ours ours;
	char path[PATH_ROOM];
	long r = raw(SYS_fstat, fd, stat);

	if (r || !root_length)
		return r;
	if (S_ISSOCK(stat->st_mode))
		return look_at(fd, &ours) == CARD ? stat_card(ours.minor, stat) : 0;
	if (S_ISFIFO(stat->st_mode) && is_shared(look_at(fd, &ours))) {
		/* A file of no kind. */
		stat->st_mode = S_IRUSR | S_IWUSR;
		stat->st_size = is_buffer(ours.kind) ? size_of(fd) : 0;
		stat->st_blocks = stat->st_size / 512;
		return stat->st_size < 0 ? stat->st_size : 0;
	}
	if (holds_near && stat->st_dev == root_device && tree_path(fd, path))
		as_served(path, stat);
	return 0;
}

static long stat_path(int folder, const char *path, struct stat *stat, int flags)
{
	if (path && !*path && flags & AT_EMPTY_PATH && folder != AT_FDCWD)
		return stat_descriptor(folder, stat);
	return concerns(folder, path) ? stat_found(folder, path, stat, flags) : raw(SYS_newfstatat, folder, path, stat, flags);
}

/* struct stat64 is struct stat on these machines; so it is declared as no type in particular. */
#define STAT(name, parameters, arguments) PUBLIC int name parameters { return (int)returned(stat_path arguments); }
#define FSTAT(name, parameters) PUBLIC int name parameters { return (int)returned(stat_descriptor(fd, (struct stat *)to)); }
_Static_assert(sizeof(struct stat) == sizeof(struct stat64), "one layout");

STAT(stat, (const char *path, struct stat *to), (AT_FDCWD, path, to, 0))
STAT(stat64, (const char *path, struct stat64 *to), (AT_FDCWD, path, (struct stat *)to, 0))
STAT(lstat, (const char *path, struct stat *to), (AT_FDCWD, path, to, AT_SYMLINK_NOFOLLOW))
STAT(lstat64, (const char *path, struct stat64 *to), (AT_FDCWD, path, (struct stat *)to, AT_SYMLINK_NOFOLLOW))
STAT(fstatat, (int folder, const char *path, struct stat *to, int flags), (folder, path, to, flags))
STAT(fstatat64, (int folder, const char *path, struct stat64 *to, int flags), (folder, path, (struct stat *)to, flags))
FSTAT(fstat, (int fd, struct stat *to))
FSTAT(fstat64, (int fd, struct stat64 *to))
/* What programs of before glibc 2.33 call. */
#define OLD(version) __attribute__((unused)) int version
STAT(__xstat, (OLD(v), const char *path, struct stat *to), (AT_FDCWD, path, to, 0))
STAT(__xstat64, (OLD(v), const char *path, struct stat64 *to), (AT_FDCWD, path, (struct stat *)to, 0))
STAT(__lxstat, (OLD(v), const char *path, struct stat *to), (AT_FDCWD, path, to, AT_SYMLINK_NOFOLLOW))
STAT(__lxstat64, (OLD(v), const char *path, struct stat64 *to), (AT_FDCWD, path, (struct stat *)to, AT_SYMLINK_NOFOLLOW))
STAT(__fxstatat, (OLD(v), int folder, const char *path, struct stat *to, int flags), (folder, path, to, flags))
STAT(__fxstatat64, (OLD(v), int folder, const char *path, struct stat64 *to, int flags), (folder, path, (struct stat *)to, flags))
FSTAT(__fxstat, (OLD(v), int fd, struct stat *to))
FSTAT(__fxstat64, (OLD(v), int fd, struct stat64 *to))

static void statx_as_served(const char *known, struct statx *stat)
{
	struct stat plain = { .st_mode = stat->stx_mode, .st_size = (off_t)stat->stx_size };

	as_served(known, &plain);
	stat->stx_dev_major = major(plain.st_dev);
	stat->stx_dev_minor = minor(plain.st_dev);
	stat->stx_rdev_major = major(plain.st_rdev);
	stat->stx_rdev_minor = minor(plain.st_rdev);
	stat->stx_mode = (uint16_t)plain.st_mode;
	stat->stx_size = (uint64_t)plain.st_size;
	stat->stx_uid = stat->stx_gid = 0;
	stat->stx_blocks = 0;
}

static __attribute__((noinline)) long statx_found(int folder, const char *path, int flags, unsigned mask, struct statx *stat)
{
	struct where where;
	enum place place = find(folder, path, !(flags & AT_SYMLINK_NOFOLLOW), &where);
	long r;

	if (place != SERVED) {
		r = raw(SYS_statx, where.folder, where.name, flags, mask, stat);
		if (place == ELSEWHERE || !is_missing(r))
			return r;
	}
	r = raw(SYS_statx, AT_FDCWD, where.path, flags, mask | STATX_TYPE | STATX_MODE | STATX_SIZE, stat);
	if (!r)
		statx_as_served(where.known, stat);
	return r;
}

static __attribute__((noinline)) long statx_descriptor(int fd, int flags, unsigned mask, struct statx *stat)
{
	char path[PATH_ROOM];

	return tree_path(fd, path) ? statx_found(AT_FDCWD, path, flags | AT_SYMLINK_NOFOLLOW, mask, stat) : raw(SYS_statx, fd, "", flags, mask, stat);
}

PUBLIC int statx(int folder, const char *path, int flags, unsigned mask, struct statx *stat)
{
	if (flags & AT_EMPTY_PATH && (armed || holds_near) && root_length && folder != AT_FDCWD && !*path)
		return (int)returned(statx_descriptor(folder, flags, mask, stat));
	return (int)returned(concerns(folder, path) ? statx_found(folder, path, flags, mask, stat)
		: raw(SYS_statx, folder, path, flags, mask, stat));
}

static uint32_t magic_of(const char *known)
{
	return within(known, "/sys/kernel/debug") ? DEBUGFS_MAGIC : within(known, "/sys") ? SYSFS_MAGIC : TMPFS_MAGIC;
}

static __attribute__((noinline)) long statfs_found(const char *path, struct statfs *of)
{
	struct where where;
	enum place place = find(AT_FDCWD, path, true, &where);
	long r;

	if (place != SERVED) {
		r = raw(SYS_statfs, where.name, of);
		if (place == ELSEWHERE || !is_missing(r))
			return r;
	}
	r = raw(SYS_statfs, where.path, of);
	if (!r)
		of->f_type = magic_of(where.known);
	return r;
}

static long statfs_path(const char *path, struct statfs *of)
{
	return concerns(AT_FDCWD, path) ? statfs_found(path, of) : raw(SYS_statfs, path, of);
}

static long statfs_descriptor(int fd, struct statfs *of)
{
	char path[PATH_ROOM];
	long r = raw(SYS_fstatfs, fd, of);

	if (!r && root_length && (holds_near || of->f_type == SOCKFS_MAGIC) && tree_path(fd, path))
		of->f_type = magic_of(path);
	return r;
}

_Static_assert(sizeof(struct statfs) == sizeof(struct statfs64), "one layout");
PUBLIC int statfs(const char *path, struct statfs *of) { return (int)returned(statfs_path(path, of)); }
PUBLIC int statfs64(const char *path, struct statfs64 *of) { return (int)returned(statfs_path(path, (struct statfs *)of)); }
PUBLIC int fstatfs(int fd, struct statfs *of) { return (int)returned(statfs_descriptor(fd, of)); }
PUBLIC int fstatfs64(int fd, struct statfs64 *of) { return (int)returned(statfs_descriptor(fd, (struct statfs *)of)); }
