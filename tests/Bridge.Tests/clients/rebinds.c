/* A driver that is taken off its device and put on it again, as its files in sysfs do it. The board is an RK3399. */
#include <sys/stat.h>
#include "card.h"

#define DEVICE "display-subsystem"
#define DRIVER "/sys/bus/platform/drivers/rockchip-drm"

static int say(int folder, const char *file, const char *text)
{
	int fd = openat(folder, file, O_WRONLY), error;
	ssize_t r;

	CHECK(fd >= 0);
	r = write(fd, text, strlen(text));
	error = errno;
	close(fd);
	errno = error;
	return r == (ssize_t)strlen(text) ? 0 : -1;
}

static int open_folder(const char *path)
{
	int fd;

	CHECK((fd = open(path, O_RDONLY | O_DIRECTORY)) >= 0);
	return fd;
}

static bool device_says(const char *what)
{
	char text[512] = "";
	int fd = open("/sys/bus/platform/devices/" DEVICE "/uevent", O_RDONLY);

	CHECK(fd >= 0 && read(fd, text, sizeof text - 1) > 0 && !close(fd));
	return strstr(text, what);
}

/* The files are as the driver is as soon as it has been told; the device stays. */
static void a_driver_lets_go_and_comes_back(void)
{
	int driver = open_folder(DRIVER), devices = open_folder("/sys/bus/platform/devices");

	for (int i = 0; i < 3; i++) {
		struct stat node;
		CHECK(!faccessat(driver, DEVICE, F_OK, 0) && !stat("/dev/dri/card0", &node) && device_says("DRIVER=rockchip-drm\n"));
		CHECK(!say(driver, "unbind", i ? DEVICE "\n" : DEVICE));
		FAILS(faccessat(driver, DEVICE, F_OK, 0), ENOENT);
		FAILS(stat("/dev/dri/card0", &node), ENOENT);
		FAILS(open("/dev/dri/card0", O_RDWR), ENOENT);
		FAILS(access("/sys/bus/platform/devices/" DEVICE "/driver", F_OK), ENOENT);
		CHECK(!faccessat(devices, DEVICE, F_OK, 0) && !device_says("DRIVER="));
		FAILS(say(driver, "unbind", DEVICE), ENODEV);
		CHECK(!say(driver, "bind", DEVICE));
	}
	FAILS(say(driver, "bind", DEVICE), EBUSY);
	FAILS(say(driver, "bind", "another"), ENODEV);
	FAILS(say(driver, "unbind", ""), ENODEV);
	FAILS(openat(driver, "bind", O_RDONLY), EACCES);
	light(open_card(0, O_RDWR));
}

/* What was open then is of the card that is gone: it finds no device, keeps what it has mapped, and another card is there beside it. */
static void what_is_open_stays_behind(void)
{
	int driver = open_folder(DRIVER), fd = open_card(0, O_RDWR), again;
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	char *at = map(fd, &dumb);
	char byte[32];
	struct stat of;

	light(fd);
	strcpy(at, "still here");
	CHECK(!say(driver, "unbind", DEVICE));
	FAILS(ioctl(fd, DRM_IOCTL_MODE_MAP_DUMB, &(struct drm_mode_map_dumb){ dumb.handle }), ENODEV);
	FAILS(read(fd, byte, sizeof byte), ENODEV);
	CHECK(!say(driver, "bind", DEVICE));
	FAILS(gem_close(fd, dumb.handle), ENODEV);
	CHECK(!strcmp(at, "still here"));
	CHECK((again = open(stat("/dev/dri/card0", &of) ? "/dev/dri/card1" : "/dev/dri/card0", O_RDWR)) >= 0);
	light(again);
	CHECK(!close(fd) && !munmap(at, dumb.size) && works(again) && !close(again));
	CHECK(!say(driver, "unbind", DEVICE) && !say(driver, "bind", DEVICE));
	light(open_card(0, O_RDWR));
}

/* Which tell nobody how it went, and do not wait: what they say is done in its order all the same. */
static void streams_are_heard_in_their_order(void)
{
	static const char *const files[] = { DRIVER "/unbind", DRIVER "/bind" };
	struct stat node;

	for (int i = 0; i < 10; i++) {
		FILE *file = fopen(files[i % 2], "w");
		CHECK(file && fputs(DEVICE "\n", file) >= 0 && !fclose(file));
	}
	/* Behind them all. */
	FAILS(say(open_folder(DRIVER), "bind", DEVICE), EBUSY);
	CHECK(!stat("/dev/dri/card0", &node));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "a-driver-lets-go-and-comes-back", a_driver_lets_go_and_comes_back },
		{ "streams-are-heard-in-their-order", streams_are_heard_in_their_order },
		{ "what-is-open-stays-behind", what_is_open_stays_behind },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
