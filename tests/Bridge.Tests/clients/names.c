/* What a process is called: an X server is not atomic, a file has a name of its own, and a framebuffer that was closed stays lit. */
#include <sys/prctl.h>
#include "card.h"

/* Newer than the headers. */
struct client_name { uint64_t length, name; };
struct close_fb { uint32_t fb_id, pad; };
#define SET_CLIENT_NAME DRM_IOWR(0xd1, struct client_name)
#define CLOSEFB DRM_IOWR(0xd0, struct close_fb)

static int set_name(int fd, uint64_t length, const char *name)
{
	struct client_name set = { length, (uintptr_t)name };

	return ioctl(fd, SET_CLIENT_NAME, &set);
}

static int set_atomic(int fd, uint64_t value)
{
	struct drm_set_client_cap set = { DRM_CLIENT_CAP_ATOMIC, value };

	return ioctl(fd, DRM_IOCTL_SET_CLIENT_CAP, &set);
}

static const char *clients(void)
{
	static char text[4096];
	int fd = open("/sys/kernel/debug/dri/0/clients", O_RDONLY);
	ssize_t length;

	CHECK(fd >= 0 && (length = read(fd, text, sizeof text - 1)) > 0);
	text[length] = 0;
	close(fd);
	return text;
}

int main(void)
{
	int fd = open_card(0, O_RDWR);
	char own[17] = "";

	/* Whoever calls counts, not who opened. */
	prctl(PR_GET_NAME, own);
	CHECK(!prctl(PR_SET_NAME, "Xserver"));
	FAILS(set_atomic(fd, 1), EOPNOTSUPP);
	CHECK(!set_atomic(fd, 2));
	CHECK(!prctl(PR_SET_NAME, own));
	CHECK(!set_atomic(fd, 1));

	CHECK(!strstr(clients(), " name\n"));
	FAILS(set_name(fd, 65, NULL), EINVAL);
	FAILS(set_name(fd, ~0ull, "long"), EINVAL);
	FAILS(set_name(fd, 4, NULL), EFAULT);
	FAILS(set_name(fd, 4, "a b"), EINVAL);
	FAILS(set_name(fd, 3, "a b"), EINVAL);
	CHECK(!set_name(fd, 5, "shell") && strstr(clients(), " name\n") && strstr(clients(), " shell\n"));
	CHECK(!set_name(fd, 0, NULL) && !strstr(clients(), "shell"));

	struct screen screen = light(fd);
	struct close_fb close = { screen.framebuffer, 1 };
	struct drm_mode_crtc get = { .crtc_id = screen.crtc };
	FAILS(ioctl(fd, CLOSEFB, &close), EINVAL);
	close.pad = 0;
	CHECK(!ioctl(fd, CLOSEFB, &close));
	FAILS(ioctl(fd, CLOSEFB, &close), ENOENT);
	FAILS(ioctl(fd, DRM_IOCTL_MODE_RMFB, &screen.framebuffer), ENOENT);
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETCRTC, &get) && get.fb_id == screen.framebuffer);
	return 0;
}
