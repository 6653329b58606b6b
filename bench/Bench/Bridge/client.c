/* Times the bridge from the client's side, each figure beside its yardstick in the same rounds. Prints name, ours and the yardstick's,
 * in nanoseconds: medians of the rounds. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <drm.h>
#include <drm_mode.h>

#define ROUNDS 41

static int card, ends[2];
static unsigned width = 1920, height = 1080;
static int touch_all;
static void *ours, *plain;
static size_t size;
static int (*bare_stat)(const char *, struct stat *);
static int (*bare_ioctl)(int, unsigned long, ...);

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void must(int ok, const char *what)
{
	if (!ok) {
		perror(what);
		exit(1);
	}
}

static int order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void compare(const char *name, int times, void (*mine)(void), void (*yardstick)(void))
{
	double m[ROUNDS], y[ROUNDS], start;

	for (int round = 0; round < ROUNDS; round++) {
		start = now();
		for (int i = 0; i < times; i++)
			mine();
		m[round] = (now() - start) / times;
		start = now();
		for (int i = 0; i < times; i++)
			yardstick();
		y[round] = (now() - start) / times;
	}
	qsort(m, ROUNDS, sizeof *m, order);
	qsort(y, ROUNDS, sizeof *y, order);
	printf("%s %.1f %.1f\n", name, m[ROUNDS / 2], y[ROUNDS / 2]);
}

static void get_cap(void)
{
	struct drm_get_cap cap = { .capability = DRM_CAP_DUMB_BUFFER };

	must(!ioctl(card, DRM_IOCTL_GET_CAP, &cap) && cap.value == 1, "GET_CAP");
}

static void ping_pong(void)
{
	char bytes[64] = { 0 };

	must(write(ends[0], bytes, 64) == 64 && read(ends[0], bytes, 64) == 64, "ping-pong");
}

static void touch(unsigned char *bytes, size_t length)
{
	for (size_t at = 0; at < (touch_all ? length : 1); at += 4096)
		bytes[at] = 1;
}

static void buffer_cycle(void)
{
	struct drm_mode_create_dumb create = { .width = width, .height = height, .bpp = 32 };
	struct drm_mode_map_dumb map = { 0 };
	struct drm_mode_destroy_dumb destroy = { 0 };
	void *bytes;

	must(!ioctl(card, DRM_IOCTL_MODE_CREATE_DUMB, &create), "CREATE_DUMB");
	destroy.handle = map.handle = create.handle;
	must(!ioctl(card, DRM_IOCTL_MODE_MAP_DUMB, &map), "MAP_DUMB");
	bytes = mmap(0, create.size, PROT_READ | PROT_WRITE, MAP_SHARED, card, (off_t)map.offset);
	must(bytes != MAP_FAILED, "mmap");
	touch(bytes, create.size);
	munmap(bytes, create.size);
	must(!ioctl(card, DRM_IOCTL_MODE_DESTROY_DUMB, &destroy), "DESTROY_DUMB");
}

static void memfd_cycle(void)
{
	size_t length = (size_t)width * height * 4;
	int fd = memfd_create("bench", MFD_CLOEXEC);
	void *bytes;

	must(fd >= 0 && !ftruncate(fd, (off_t)length), "memfd");
	bytes = mmap(0, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	must(bytes != MAP_FAILED, "mmap");
	touch(bytes, length);
	munmap(bytes, length);
	close(fd);
}

static void map_both(void)
{
	struct drm_mode_create_dumb create = { .width = width, .height = height, .bpp = 32 };
	struct drm_mode_map_dumb map = { 0 };
	int fd = memfd_create("bench", MFD_CLOEXEC);

	must(!ioctl(card, DRM_IOCTL_MODE_CREATE_DUMB, &create), "CREATE_DUMB");
	map.handle = create.handle;
	must(!ioctl(card, DRM_IOCTL_MODE_MAP_DUMB, &map), "MAP_DUMB");
	size = create.size;
	ours = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, card, (off_t)map.offset);
	must(fd >= 0 && !ftruncate(fd, (off_t)size), "memfd");
	plain = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	must(ours != MAP_FAILED && plain != MAP_FAILED, "mmap");
	memset(ours, 1, size);
	memset(plain, 1, size);
}

static void write_ours(void)
{
	memset(ours, 2, size);
}

static void write_plain(void)
{
	memset(plain, 2, size);
}

static void path_call(void)
{
	struct stat found;

	stat("/tmp", &found);
}

static void bare_path_call(void)
{
	struct stat found;

	bare_stat("/tmp", &found);
}

static int null;

static void other_ioctl(void)
{
	int n;

	ioctl(null, 0x5401 /* TCGETS */, &n);
}

static void bare_other_ioctl(void)
{
	int n;

	bare_ioctl(null, 0x5401, &n);
}

/* Flips as fast as the CRTC takes it for so many seconds, and says how often it could. */
static int flip(const char *node, double seconds)
{
	uint32_t crtcs[8], connectors[8];
	struct drm_mode_card_res resources = { .crtc_id_ptr = (uintptr_t)crtcs, .count_crtcs = 8, .connector_id_ptr = (uintptr_t)connectors, .count_connectors = 8 };
	static struct drm_mode_modeinfo modes[256];
	struct drm_mode_get_connector get = { 0 };
	struct drm_mode_create_dumb create = { .bpp = 32 };
	struct drm_mode_fb_cmd add = { .bpp = 32, .depth = 24 };
	struct drm_mode_crtc set = { 0 };
	char event[256];
	long flips = 0;
	double end;

	card = open(node, O_RDWR);
	must(card >= 0 && !ioctl(card, DRM_IOCTL_MODE_GETRESOURCES, &resources), node);
	get.connector_id = connectors[0];
	must(!ioctl(card, DRM_IOCTL_MODE_GETCONNECTOR, &get) && get.count_modes <= 256, "GETCONNECTOR");
	get = (struct drm_mode_get_connector){ .connector_id = connectors[0], .count_modes = get.count_modes, .modes_ptr = (uintptr_t)modes };
	must(!ioctl(card, DRM_IOCTL_MODE_GETCONNECTOR, &get), "GETCONNECTOR");
	create.width = modes[0].hdisplay;
	create.height = modes[0].vdisplay;
	must(!ioctl(card, DRM_IOCTL_MODE_CREATE_DUMB, &create), "CREATE_DUMB");
	add.width = create.width;
	add.height = create.height;
	add.pitch = create.pitch;
	add.handle = create.handle;
	must(!ioctl(card, DRM_IOCTL_MODE_ADDFB, &add), "ADDFB");
	set = (struct drm_mode_crtc){ .crtc_id = crtcs[0], .fb_id = add.fb_id, .mode = modes[0], .mode_valid = 1, .set_connectors_ptr = (uintptr_t)connectors, .count_connectors = 1 };
	must(!ioctl(card, DRM_IOCTL_MODE_SETCRTC, &set), "SETCRTC");
	for (end = now() + seconds * 1e9; now() < end; flips++) {
		struct drm_mode_crtc_page_flip next = { .crtc_id = crtcs[0], .fb_id = add.fb_id, .flags = DRM_MODE_PAGE_FLIP_EVENT };
		must(!ioctl(card, DRM_IOCTL_MODE_PAGE_FLIP, &next), "PAGE_FLIP");
		must(read(card, event, sizeof event) == 32, "event");
	}
	printf("flips %ld %.2f\n", flips, seconds);
	return 0;
}

int main(int argc, char **argv)
{
	void *libc = dlopen("libc.so.6", RTLD_LAZY);
	pid_t echo;
	char bytes[64];

	if (argc > 2)
		return flip(argv[1], atof(argv[2]));
	bare_stat = (int (*)(const char *, struct stat *))dlsym(libc, "stat");
	bare_ioctl = (int (*)(int, unsigned long, ...))dlsym(libc, "ioctl");
	must(bare_stat && bare_ioctl && !socketpair(AF_UNIX, SOCK_STREAM, 0, ends), "set up");
	echo = fork();
	if (!echo) {
		close(ends[0]);
		while (read(ends[1], bytes, 64) == 64 && write(ends[1], bytes, 64) == 64)
			;
		_exit(0);
	}
	close(ends[1]);
	null = open("/dev/null", O_RDWR);
	compare("path", 20000, path_call, bare_path_call);
	compare("ioctl", 50000, other_ioctl, bare_other_ioctl);
	card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC);
	must(card >= 0, "/dev/dri/card0");
	compare("get-cap", 200, get_cap, ping_pong);
	touch_all = 1;
	compare("cycle-all", 3, buffer_cycle, memfd_cycle);
	touch_all = 0;
	compare("cycle-one", 30, buffer_cycle, memfd_cycle);
	map_both();
	compare("write", 2, write_ours, write_plain);
	close(ends[0]);
	waitpid(echo, NULL, 0);
	return 0;
}
