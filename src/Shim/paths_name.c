/* Calls on names that the tree answers by itself, and names that come back without the tree's own path. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>
#include "next.h"
#include "paths.h"

#ifndef SYS_faccessat2
#define SYS_faccessat2 439
#endif

/* The system call for the path where it leads; of a shared folder the system's own goes first. */
#define AT_ITS_PLACE(at, path, follow, call_of) ({ \
	struct where where; \
	enum place place = find(at, path, follow, &where); \
	int folder = where.folder; \
	const char *name = where.name; \
	long r = -ENOENT; \
	(void)folder; \
	if (place != SERVED) \
		r = call_of; \
	if (place == SERVED || (place == SHARED && is_missing(r))) { \
		folder = AT_FDCWD; \
		name = where.path; \
		r = call_of; \
	} \
	r; })

static long check_access(int folder, const char *name, int mode, int flags)
{
	return flags ? raw(SYS_faccessat2, folder, name, mode, flags) : raw(SYS_faccessat, folder, name, mode);
}

static __attribute__((noinline)) long access_found(int at, const char *path, int mode, int flags)
{
	return AT_ITS_PLACE(at, path, !(flags & AT_SYMLINK_NOFOLLOW), check_access(folder, name, mode, flags));
}

static int access_path(int at, const char *path, int mode, int flags)
{
	return (int)returned(concerns(at, path) ? access_found(at, path, mode, flags) : check_access(at, path, mode, flags));
}

PUBLIC int access(const char *path, int mode) { return access_path(AT_FDCWD, path, mode, 0); }
PUBLIC int eaccess(const char *path, int mode) { return access_path(AT_FDCWD, path, mode, AT_EACCESS); }
PUBLIC int euidaccess(const char *path, int mode) { return access_path(AT_FDCWD, path, mode, AT_EACCESS); }

PUBLIC int faccessat(int folder, const char *path, int mode, int flags)
{
	return concerns(folder, path) || !flags ? access_path(folder, path, mode, flags) : next_faccessat(folder, path, mode, flags);
}

/* A path of the tree, told to the program: its length without the tree's own. */
static ssize_t without_root(char *path, ssize_t length)
{
	if (length < (ssize_t)root_length || memcmp(path, root, root_length) || (length > root_length && path[root_length] != '/'))
		return length;
	length -= root_length;
	memmove(path, path + root_length, (size_t)length);
	if (!length)
		path[length++] = '/';
	return length;
}

static __attribute__((noinline)) long readlink_found(int at, const char *path, char *to, size_t size)
{
	char full[PATH_ROOM], room[PATH_ROOM];
	const char *rest = "", *spelled = spell_out(at, path, room);
	bool private = false;
	int fd = spelled[0] == '/' ? descriptor_in(spelled, &rest) : -1;
	int length = fd >= 0 && !*rest ? link_of(fd, full) : 0;

	private = length > 0;
	if (fd >= 0 && !*rest && !private)
		length = path_of(fd, full, &private);
	if (private) {
		length = length < (ssize_t)size ? length : (int)size;
		memcpy(to, full, (size_t)length);
		return length;
	}
	return AT_ITS_PLACE(at, path, false, raw(SYS_readlinkat, folder, name, to, size));
}

static ssize_t readlink_path(int at, const char *path, char *to, size_t size)
{
	long r = concerns(at, path) && *path ? readlink_found(at, path, to, size) : raw(SYS_readlinkat, at, path, to, size);

	return returned(r > 0 && root_length ? without_root(to, r) : r);
}

PUBLIC ssize_t readlink(const char *path, char *to, size_t size) { return readlink_path(AT_FDCWD, path, to, size); }
PUBLIC ssize_t readlinkat(int folder, const char *path, char *to, size_t size) { return readlink_path(folder, path, to, size); }

PUBLIC ssize_t __readlink_chk(const char *path, char *to, size_t size, size_t room)
{
	if (size > room)
		__builtin_trap();
	return readlink(path, to, size);
}

PUBLIC ssize_t __readlinkat_chk(int folder, const char *path, char *to, size_t size, size_t room)
{
	if (size > room)
		__builtin_trap();
	return readlinkat(folder, path, to, size);
}

/* What is in the tree is where it was found. */
static __attribute__((noinline)) char *realpath_found(const char *path, char *to)
{
	struct where where;
	enum place place = find(AT_FDCWD, path, true, &where);
	const char *known = *where.known ? where.known : "/";
	long r = -ENOENT;

	if (place == ELSEWHERE)
		return next_realpath(where.name, to);
	if (place == SHARED)
		r = check_access(AT_FDCWD, where.name, F_OK, 0);
	if (place == SERVED || is_missing(r))
		r = check_access(AT_FDCWD, where.path, F_OK, 0);
	if (r) {
		returned(r);
		return NULL;
	}
	return to ? strcpy(to, known) : strdup(known);
}

PUBLIC char *realpath(const char *path, char *to)
{
	return concerns(AT_FDCWD, path) ? realpath_found(path, to) : next_realpath(path, to);
}

PUBLIC char *__realpath_chk(const char *path, char *to, size_t room)
{
	if (room < 4096)
		__builtin_trap();
	return realpath(path, to);
}

PUBLIC char *canonicalize_file_name(const char *path) { return realpath(path, NULL); }

static __attribute__((noinline)) long chdir_found(const char *path)
{
	return AT_ITS_PLACE(AT_FDCWD, path, true, raw(SYS_chdir, name));
}

/* Where the program stands now, if it stands near what is served. */
static void look_around(void)
{
	struct where where;

	stands_near = root_length && find(AT_FDCWD, ".", true, &where) != ELSEWHERE;
}

PUBLIC int chdir(const char *path)
{
	bool near = concerns(AT_FDCWD, path);
	long r = near ? chdir_found(path) : raw(SYS_chdir, path);

	if (!r && (near || stands_near))
		look_around();
	return (int)returned(r);
}

PUBLIC int fchdir(int fd)
{
	long r = raw(SYS_fchdir, fd);

	if (!r && (holds_near || stands_near))
		look_around();
	return (int)returned(r);
}

PUBLIC char *getcwd(char *to, size_t size)
{
	char *path = next_getcwd(to, size);

	if (path && stands_near) {
		ssize_t length = without_root(path, (ssize_t)strlen(path));
		path[length] = 0;
	}
	return path;
}

PUBLIC char *__getcwd_chk(char *to, size_t size, size_t room)
{
	if (size > room)
		__builtin_trap();
	return getcwd(to, size);
}

PUBLIC char *get_current_dir_name(void)
{
	return stands_near ? getcwd(NULL, 0) : next_get_current_dir_name();
}

static __attribute__((noinline)) long handle_found(int at, const char *path, struct file_handle *handle, int *mount, int flags)
{
	return AT_ITS_PLACE(at, path, flags & AT_SYMLINK_FOLLOW, raw(SYS_name_to_handle_at, folder, name, handle, mount, flags));
}

PUBLIC int name_to_handle_at(int at, const char *path, struct file_handle *handle, int *mount, int flags)
{
	return (int)returned(concerns(at, path) && *path ? handle_found(at, path, handle, mount, flags)
		: raw(SYS_name_to_handle_at, at, path, handle, mount, flags));
}

static __attribute__((noinline)) long watch_found(int fd, const char *path, uint32_t mask)
{
	return AT_ITS_PLACE(AT_FDCWD, path, !(mask & IN_DONT_FOLLOW), raw(SYS_inotify_add_watch, fd, name, mask));
}

PUBLIC int inotify_add_watch(int fd, const char *path, uint32_t mask)
{
	return (int)returned(concerns(AT_FDCWD, path) ? watch_found(fd, path, mask) : raw(SYS_inotify_add_watch, fd, path, mask));
}

/* What ls asks of each name. */
#define GET(call, follow) \
	static __attribute__((noinline)) long call##_found(const char *path, const char *attribute, void *to, size_t size) \
	{ \
		return AT_ITS_PLACE(AT_FDCWD, path, follow, raw(SYS_##call, name, attribute, to, size)); \
	} \
	PUBLIC ssize_t call(const char *path, const char *attribute, void *to, size_t size) \
	{ \
		return returned(concerns(AT_FDCWD, path) ? call##_found(path, attribute, to, size) : raw(SYS_##call, path, attribute, to, size)); \
	}
GET(getxattr, true)
GET(lgetxattr, false)

#define LIST(call, follow) \
	static __attribute__((noinline)) long call##_found(const char *path, char *to, size_t size) \
	{ \
		return AT_ITS_PLACE(AT_FDCWD, path, follow, raw(SYS_##call, name, to, size)); \
	} \
	PUBLIC ssize_t call(const char *path, char *to, size_t size) \
	{ \
		return returned(concerns(AT_FDCWD, path) ? call##_found(path, to, size) : raw(SYS_##call, path, to, size)); \
	}
LIST(listxattr, true)
LIST(llistxattr, false)
