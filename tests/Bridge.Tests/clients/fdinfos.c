/* What /proc tells of cards and dma-bufs. The board is vkms. */
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include "card.h"

static void told(const char *path, const char *what)
{
	char text[1024];
	FILE *file = fopen(path, "r");
	size_t size;

	CHECK(file && (size = fread(text, 1, sizeof text - 1, file)) > 0);
	text[size] = 0;
	CHECK(strstr(text, "pos:\t0\n") && strstr(text, what));
	fclose(file);
}

static void fdinfo_tells_what_they_are(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC };
	char path[40];

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	sprintf(path, "/proc/self/fdinfo/%d", fd);
	told(path, "\ndrm-driver:\tvkms\n");
	told(path, "\ndrm-total-memory:\t16 KiB\n");
	sprintf(path, "/proc/%d/fdinfo/%d", getpid(), prime.fd);
	told(path, "\nexp_name:\tdrm\n");
	told(path, "00\nmnt_id:");
	told(path, "\nsize:\t16384\n");
	sprintf(path, "/proc/self/fdinfo/%d", 0);
	told(path, "flags:");
}

/* As those walk who list what a process has open. */
static void folders_of_descriptors_tell_the_same(void)
{
	int fd = open_card(0, O_RDWR), of, buffer = export_buffer(fd), facts = open("/proc/self/fdinfo", O_RDONLY | O_DIRECTORY), links = open("/proc/self/fd", O_RDONLY | O_DIRECTORY);
	char path[80], name[16], text[1024] = "";
	struct stat stat;

	sprintf(name, "%d", fd);
	CHECK((of = openat(facts, name, O_RDONLY)) >= 0 && read(of, text, sizeof text - 1) > 0 && !close(of));
	CHECK(strstr(text, "\ndrm-driver:\tvkms\n"));
	memset(text, 0, sizeof text);
	CHECK(readlinkat(links, name, text, sizeof text - 1) > 0 && !strcmp(text, "/dev/dri/card0"));
	CHECK(!fstatat(links, name, &stat, 0) && stat.st_rdev == makedev(226, 0));
	CHECK((of = openat(links, name, O_RDWR)) >= 0 && works(of) && !close(of));
	sprintf(name, "%d", buffer);
	memset(text, 0, sizeof text);
	CHECK((of = openat(facts, name, O_RDONLY)) >= 0 && read(of, text, sizeof text - 1) > 0 && !close(of));
	CHECK(strstr(text, "\nexp_name:\tdrm\n"));
	/* What is none of ours, and what only looks like one. */
	CHECK((of = openat(facts, "0", O_RDONLY)) >= 0 && !close(of));
	FAILS(openat(facts, "999", O_RDONLY), ENOENT);
	sprintf(path, "%s/%d", P_tmpdir, getpid());
	CHECK(!mkdir(path, 0700) && (of = open(path, O_RDONLY | O_DIRECTORY)) >= 0);
	sprintf(name, "%d", fd);
	FAILS(openat(of, name, O_RDONLY), ENOENT);
	CHECK(!rmdir(path));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "fdinfo-tells-what-they-are", fdinfo_tells_what_they_are },
					     { "folders-of-descriptors-tell-the-same", folders_of_descriptors_tell_the_same }, { 0 } };

	return run_scenario(all, argc, argv);
}
