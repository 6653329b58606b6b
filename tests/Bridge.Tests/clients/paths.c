/* What a program sees of the file system. The card is /dev/dri/card0 of an RK3399. */
#define _GNU_SOURCE
#include <dirent.h>
#include <drm.h>
#include <fcntl.h>
#include <fts.h>
#include <ftw.h>
#include <glob.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "check.h"

#define CARD "/dev/dri/card0"
#define DEVICE "/sys/devices/platform/display-subsystem"
#define HDMI "card0-HDMI-A-1"

static bool is_card(const struct stat *s)
{
	return S_ISCHR(s->st_mode) && (s->st_mode & 0777) == 0660 && s->st_rdev == makedev(226, 0);
}

static void nodes(void)
{
	struct stat s, by_path, open_card;
	struct statx x;
	int fd = open(CARD, O_RDWR | O_CLOEXEC), here;

	CHECK(fd >= 0);
	CHECK(!stat(CARD, &s) && is_card(&s));
	CHECK(!lstat("/dev//dri/./card0", &s) && is_card(&s));
	CHECK(!stat("/dev/dri/by-path/platform-display-subsystem-card", &by_path) && is_card(&by_path) && by_path.st_ino == s.st_ino);
	CHECK(!lstat("/dev/dri/by-path/platform-display-subsystem-card", &s) && S_ISLNK(s.st_mode));
	CHECK(!fstat(fd, &open_card) && is_card(&open_card) && open_card.st_ino == by_path.st_ino && open_card.st_dev == by_path.st_dev);
	CHECK(!fstatat(fd, "", &s, AT_EMPTY_PATH) && is_card(&s));
	CHECK(!statx(AT_FDCWD, CARD, 0, STATX_BASIC_STATS, &x) && x.stx_rdev_major == 226 && S_ISCHR(x.stx_mode));
	CHECK(!statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &x) && x.stx_rdev_major == 226 && S_ISCHR(x.stx_mode));
	CHECK(!access(CARD, R_OK | W_OK));
	FAILS(access("/dev/dri/card9", F_OK), ENOENT);
	FAILS(open("/dev/dri/card9", O_RDWR), ENOENT);
	FAILS(open("/dev/dri/new", O_RDWR | O_CREAT, 0600), EACCES);
	FAILS(open(CARD, O_RDWR | O_DIRECTORY), ENOTDIR);
	FAILS(open(CARD "/", O_RDWR), ENOTDIR);
	FAILS(open(CARD, O_RDWR | O_EXCL), EBUSY);
	CHECK((here = open(CARD, O_PATH)) >= 0);
	CHECK(!fstat(here, &s) && is_card(&s));
	FAILS(ioctl(here, DRM_IOCTL_DROP_MASTER, 0), EBADF);
	close(here);
	CHECK((here = (int)syscall(SYS_openat, AT_FDCWD, CARD, O_RDWR, 0)) >= 0);
	CHECK(!syscall(SYS_ioctl, fd, DRM_IOCTL_DROP_MASTER, 0));
}

static void descriptors(void)
{
	char path[64], target[64] = "";
	struct stat s;
	int fd = open(CARD, O_RDWR), again, bystander;

	CHECK(fd >= 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	CHECK(readlink(path, target, sizeof target) == (ssize_t)strlen(CARD) && !strcmp(target, CARD));
	CHECK(readlink(path, target, 5) == 5);
	CHECK(!lstat(path, &s) && S_ISLNK(s.st_mode));
	CHECK(!stat(path, &s) && is_card(&s));
	CHECK(realpath(path, NULL) && !strcmp(realpath(path, NULL), CARD));
	/* A new file: master it is not. */
	CHECK((again = open(path, O_RDWR)) >= 0);
	CHECK(!ioctl(fd, DRM_IOCTL_DROP_MASTER, 0));
	FAILS(ioctl(again, DRM_IOCTL_DROP_MASTER, 0), geteuid() ? EACCES : EINVAL);
	snprintf(path, sizeof path, "/dev/fd/%d", fd);
	CHECK(open(path, O_RDWR) >= 0);
	snprintf(path, sizeof path, "/proc/%d/fd/%d", getpid(), fd);
	CHECK(open(path, O_RDWR) >= 0);
	CHECK((bystander = socket(AF_UNIX, SOCK_STREAM, 0)) >= 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", bystander);
	CHECK(readlink(path, target, sizeof target) > 0 && !strncmp(target, "socket:", 7));
	CHECK(!fstat(bystander, &s) && S_ISSOCK(s.st_mode));
}

static unsigned char type_in(const char *folder, const char *name)
{
	DIR *dir = opendir(folder);
	unsigned char type = 0;
	int count = 0;

	CHECK(dir);
	for (int round = 0; round < 2; round++, rewinddir(dir))
		for (struct dirent *e; (e = readdir(dir));)
			if (!strcmp(e->d_name, name)) {
				type = e->d_type;
				count++;
			}
	closedir(dir);
	CHECK(count == 0 || count == 2);
	return type;
}

static int named_card(const struct dirent *e)
{
	return !strncmp(e->d_name, "card", 4);
}

static void lists(void)
{
	struct dirent **found;
	glob_t matches = { 0 };

	CHECK(type_in("/dev", "dri") == DT_DIR);
	CHECK(type_in("/dev", "null") == DT_CHR);
	CHECK(type_in("/dev/dri", "card0") == DT_CHR);
	CHECK(type_in("/dev/dri", "by-path") == DT_DIR);
	CHECK(type_in("/sys/class", "drm") == DT_DIR);
	CHECK(type_in("/sys/class", "net") == DT_DIR);
	CHECK(type_in("/sys/class/drm", HDMI) == DT_LNK);
	CHECK(type_in("/sys/class/drm", "version") == DT_REG);
	CHECK(type_in("/sys/dev/char", "226:0") == DT_LNK);
	CHECK(type_in("/sys/bus/platform/devices", "display-subsystem") == DT_LNK);
	CHECK(type_in("/sys/class/drm/card0/device/subsystem/devices", "serial8250") == type_in("/sys/bus/platform/devices", "serial8250"));
	CHECK(type_in("/sys/devices/platform", "display-subsystem") == DT_DIR);
	CHECK(type_in("/run/udev/data", "c226:0") == DT_REG);
	CHECK(type_in("/sys/kernel/debug/dri/0", "state") == DT_REG);
	CHECK(scandir("/sys/class/drm", &found, named_card, alphasort) == 4 && !strcmp(found[0]->d_name, "card0"));
	CHECK(scandir("/tmp", &found, NULL, NULL) >= 2);
	CHECK(!glob("/sys/class/drm/card?-*", 0, NULL, &matches) && matches.gl_pathc == 3 && !strcmp(matches.gl_pathv[1], "/sys/class/drm/" HDMI));
	CHECK(!glob("/d*v/dr?/card*", 0, NULL, &matches) && matches.gl_pathc == 1 && !strcmp(matches.gl_pathv[0], CARD));
}

static int cards, folders;

static int count_nodes(const char *path, const struct stat *s, int kind, struct FTW *at)
{
	CHECK(!strncmp(path, "/dev/dri", 8));
	cards += kind == FTW_F && is_card(s) && !strcmp(path + at->base, "card0") && at->level == 1;
	folders += kind == FTW_D;
	return 0;
}

static int count_all(const char *path, const struct stat *s, int kind)
{
	cards += !strncmp(path, "/dev/dri/", 9) && kind == FTW_F && is_card(s);
	return 0;
}

static void walks(void)
{
	char *roots[] = { "/dev/dri", NULL };
	FTSENT *entry;
	FTS *fts;

	CHECK(!nftw("/dev/dri", count_nodes, 8, FTW_PHYS) && cards == 1 && folders == 2);
	CHECK(!ftw("/dev/dri", count_all, 8) && cards == 3);
	CHECK(!nftw("/tmp", (__nftw_func_t)count_all, 8, FTW_PHYS));
	CHECK((fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL)));
	for (cards = folders = 0; (entry = fts_read(fts));) {
		CHECK(!strncmp(entry->fts_path, "/dev/dri", 8) && entry->fts_pathlen == strlen(entry->fts_path));
		cards += !strcmp(entry->fts_path, CARD) && entry->fts_info == FTS_DEFAULT && is_card(entry->fts_statp);
		folders += entry->fts_info == FTS_D;
	}
	CHECK(!fts_close(fts) && cards == 1 && folders == 2);
}

static bool links_to(const char *path, const char *wanted)
{
	char target[256] = "";

	return readlink(path, target, sizeof target - 1) > 0 && !strcmp(target, wanted);
}

static bool is_really(const char *path, const char *wanted)
{
	char real[4096];

	return realpath(path, real) && !strcmp(real, wanted);
}

static void links(void)
{
	CHECK(links_to("/sys/class/drm/card0", "../../devices/platform/display-subsystem/drm/card0"));
	CHECK(links_to("/sys/dev/char/226:0", "../../devices/platform/display-subsystem/drm/card0"));
	CHECK(links_to("/sys/class/drm/card0/device/subsystem", "../../../bus/platform"));
	CHECK(links_to("/sys/class/drm/" HDMI "/device", "../../card0"));
	CHECK(is_really("/sys/dev/char/226:0/device", DEVICE));
	CHECK(is_really("/sys/class/drm/" HDMI, DEVICE "/drm/card0/" HDMI));
	CHECK(is_really("/sys/class/drm/card0/../../subsystem", "/sys/bus/platform"));
	CHECK(is_really("/sys/class/drm/card0/device/driver/..", "/sys/bus/platform/drivers"));
	CHECK(is_really("/sys/class/net/../drm", "/sys/class/drm"));
	CHECK(is_really("/tmp/../dev/dri/card0", CARD));
	CHECK(is_really("/sys/class/drm/..", "/sys/class"));
	CHECK(!strcmp(canonicalize_file_name("/usr/.."), "/"));
	CHECK(!realpath("/sys/class/drm/none", NULL) && errno == ENOENT);
	/* Out of the tree again. */
	CHECK(!access("/sys/class/drm/card0/subsystem/../net/lo/mtu", R_OK));
	CHECK(is_really("/sys/class/drm/card0/subsystem/../net/lo", "/sys/devices/virtual/net/lo"));
}

static void moves(void)
{
	char here[256];
	struct stat s;

	CHECK(!chdir("/sys/class/drm/card0") && getcwd(here, sizeof here) && !strcmp(here, DEVICE "/drm/card0"));
	CHECK(!access(HDMI "/status", R_OK) && !stat("../../uevent", &s) && S_ISREG(s.st_mode));
	CHECK(open("dev", O_RDONLY) >= 0);
	CHECK(!chdir("..") && !chdir("../..") && getcwd(here, sizeof here) && !strcmp(here, "/sys/devices/platform"));
	CHECK(!chdir("display-subsystem") && !chdir("/dev") && !stat("dri/card0", &s) && is_card(&s));
	CHECK(!stat("null", &s) && S_ISCHR(s.st_mode));
	CHECK(!stat("../dev/dri/card0", &s) && is_card(&s));
	CHECK(!chdir("/tmp") && !stat("../dev/dri/card0", &s) && is_card(&s));
	FAILS(stat("dri/card0", &s), ENOENT);
}

/* As libudev walks: one component at a time, from the root. */
static int walk_to(const char *const *names)
{
	int at = open("/", O_PATH | O_NOFOLLOW | O_CLOEXEC);

	for (; *names; names++) {
		int next = openat(at, *names, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		CHECK(next >= 0);
		close(at);
		at = next;
	}
	return at;
}

static void components(void)
{
	static const char *const link[] = { "sys", "class", "drm", "card0", NULL };
	static const char *const up[] = { "sys", "class", "drm", "..", "..", "devices", "platform", "display-subsystem", "drm", "card0", NULL };
	char target[256] = "", path[64];
	struct stat s;
	struct statfs fs;
	int fd = walk_to(link);

	CHECK(!fstat(fd, &s) && S_ISLNK(s.st_mode) && !s.st_uid);
	CHECK(readlinkat(fd, "", target, sizeof target) > 0 && !strncmp(target, "../../devices", 13));
	close(fd);
	fd = walk_to(up);
	CHECK(!fstat(fd, &s) && S_ISDIR(s.st_mode));
	CHECK(!fstatfs(fd, &fs) && fs.f_type == SYSFS_MAGIC);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	CHECK(links_to(path, DEVICE "/drm/card0"));
	CHECK(!faccessat(fd, "dev", R_OK, 0));
	CHECK(openat(fd, "dev", O_RDONLY) >= 0);
	CHECK(openat(fd, HDMI "/status", O_RDONLY) >= 0);
	struct file_handle *handle = calloc(1, sizeof *handle + 128);
	int mount;
	handle->handle_bytes = 128;
	CHECK(!name_to_handle_at(fd, "dev", handle, &mount, 0) || errno == EOPNOTSUPP);
	CHECK(inotify_add_watch(inotify_init1(IN_CLOEXEC), "/run/udev/data", IN_CREATE) >= 0);
}

static volatile const char *volatile nowhere;

static void bystanders(void)
{
	struct stat s;
	char here[4096], name[] = "/tmp/drm-paths-XXXXXX";
	int fd = mkstemp(name);

	CHECK(fd >= 0 && !fstat(fd, &s) && S_ISREG(s.st_mode) && s.st_uid == geteuid());
	CHECK(open(name, O_RDWR | O_CREAT | O_EXCL, 0600) < 0 && errno == EEXIST);
	CHECK(!unlink(name));
	FAILS(open("/proc/none/there", O_RDONLY), ENOENT);
	FAILS(open((const char *)nowhere, O_RDONLY), EFAULT);
	FAILS(open("", O_RDONLY), ENOENT);
	FAILS(stat("", &s), ENOENT);
	CHECK(!stat("/", &s) && S_ISDIR(s.st_mode));
	CHECK(!stat("/dev/null", &s) && S_ISCHR(s.st_mode) && open("/dev/null", O_RDWR) >= 0);
	CHECK(open("/proc/self/maps", O_RDONLY) >= 0);
	CHECK(getcwd(here, sizeof here) && *here == '/');
	CHECK(!access("/sys/class/net", R_OK));
	FAILS(access("/sys/class/none", R_OK), ENOENT);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "nodes", nodes }, { "descriptors", descriptors }, { "lists", lists }, { "walks", walks }, { "links", links }, { "moves", moves },
		{ "components", components }, { "bystanders", bystanders }, { 0 },
	};

	return run_scenario(all, argc, argv);
}
