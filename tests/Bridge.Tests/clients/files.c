/* What stands in the files that programs look at, and what they lie on. The card is /dev/dri/card0 of an RK3399. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>
#include "check.h"

#define CARD "/dev/dri/card0"
#define DEVICE "/sys/devices/platform/display-subsystem"
#define HDMI "card0-HDMI-A-1"

static void mounts(void)
{
	struct stat here, above;
	struct statfs fs;

	CHECK(!statfs("/sys/class/drm/card0", &fs) && fs.f_type == SYSFS_MAGIC);
	CHECK(!statfs("/sys/kernel/debug/dri/0", &fs) && fs.f_type == DEBUGFS_MAGIC);
	CHECK(!statfs(CARD, &fs) && fs.f_type == TMPFS_MAGIC);
	CHECK(!fstatfs(open(CARD, O_RDWR), &fs) && fs.f_type == TMPFS_MAGIC);
	CHECK(!stat("/sys/kernel/debug/.", &here) && !stat("/sys/kernel/debug/..", &above) && here.st_dev != above.st_dev);
	CHECK(!stat("/sys/kernel/debug/dri/0", &above) && here.st_dev == above.st_dev);
}

static const char *read_all(int fd)
{
	static char text[65536];
	ssize_t size = read(fd, text, sizeof text - 1);

	CHECK(size >= 0);
	text[size] = 0;
	close(fd);
	return text;
}

static void contents(void)
{
	int folder = open("/sys/kernel/debug/dri/0", O_RDONLY | O_DIRECTORY), fd;
	char line[256];
	FILE *file = fopen("/run/udev/data/c226:0", "re");

	CHECK(folder >= 0 && file);
	CHECK(fgets(line, sizeof line, file) && !strcmp(line, "S:dri/by-path/platform-display-subsystem-card\n"));
	CHECK(freopen("/sys/class/drm/card0/dev", "r", file) && fgets(line, sizeof line, file) && !strcmp(line, "226:0\n"));
	fclose(file);
	CHECK(!strcmp(read_all(openat(folder, "name", O_RDONLY)), "rockchip dev=display-subsystem unique=display-subsystem\n"));
	CHECK(strstr(read_all(openat(folder, "state", O_RDONLY)), "connector["));
	CHECK(!strcmp(read_all(open("/sys/class/drm/" HDMI "/status", O_RDONLY)), "connected\n"));
	CHECK((fd = open("/sys/class/drm/" HDMI "/status", O_RDWR)) >= 0);
	CHECK(read(fd, line, sizeof line) == 10 && !memcmp(line, "connected\n", 10) && !read(fd, line, sizeof line));
	CHECK(write(fd, "off", 3) == 3);
	CHECK(!strcmp(read_all(open("/sys/class/drm/" HDMI "/status", O_RDONLY)), "disconnected\n"));
	CHECK(!strcmp(read_all(open("/sys/class/drm/" HDMI "/modes", O_RDONLY)), ""));
	FAILS(write(fd, "maybe", 5), EINVAL);
	CHECK(write(fd, "detect\n", 7) == 7);
	CHECK(!strcmp(read_all(open("/sys/class/drm/" HDMI "/status", O_RDONLY)), "connected\n"));
	/* Streams, which tell nobody how it went. */
	CHECK((file = fopen("/sys/class/drm/" HDMI "/status", "w")) && fputs("off", file) >= 0 && !fclose(file));
	while (strcmp(read_all(open("/sys/class/drm/" HDMI "/status", O_RDONLY)), "disconnected\n"))
		;
	FAILS(open("/sys/class/drm/" HDMI "/modes", O_WRONLY), EACCES);
	CHECK((fd = open(DEVICE "/driver_override", O_WRONLY)) >= 0);
	FAILS(write(fd, "x", 1), EOPNOTSUPP);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "mounts", mounts }, { "contents", contents }, { 0 } };

	return run_scenario(all, argc, argv);
}
