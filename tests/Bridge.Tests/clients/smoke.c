/* The least that a program does with a card. */
#include <fcntl.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <drm.h>
#include <drm_mode.h>
#include "check.h"

int main(void)
{
	struct drm_mode_create_dumb buffer = { .width = 64, .height = 64, .bpp = 32 };
	struct drm_get_cap cap = { .capability = DRM_CAP_DUMB_BUFFER };
	struct drm_mode_map_dumb map = { 0 };
	int card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC);
	unsigned *pixels;

	CHECK(card >= 0);
	CHECK(!ioctl(card, DRM_IOCTL_GET_CAP, &cap) && cap.value == 1);
	CHECK(!ioctl(card, DRM_IOCTL_MODE_CREATE_DUMB, &buffer));
	map.handle = buffer.handle;
	CHECK(!ioctl(card, DRM_IOCTL_MODE_MAP_DUMB, &map));
	pixels = mmap(0, buffer.size, PROT_READ | PROT_WRITE, MAP_SHARED, card, (off_t)map.offset);
	CHECK(pixels != MAP_FAILED && pixels[0] == 0);
	pixels[0] = 1;
	CHECK(!munmap(pixels, buffer.size));
	CHECK(!ioctl(card, DRM_IOCTL_MODE_DESTROY_DUMB, &(struct drm_mode_destroy_dumb){ buffer.handle }));
	CHECK(!close(card));
	return 0;
}
