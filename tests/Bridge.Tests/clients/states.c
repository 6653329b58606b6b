/* Gets into a state, says so, and stays in it until somebody ends the process. */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <drm.h>
#include <drm_fourcc.h>
#include <drm_mode.h>
#include "check.h"

static int card;
static struct drm_mode_create_dumb buffer;
static unsigned char *pixels;
static uint32_t crtc, connector, framebuffer;
static struct drm_mode_modeinfo mode;

static void ready(void)
{
	puts("ready");
	fflush(stdout);
}

static void open_card(void)
{
	CHECK((card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)) >= 0);
}

static void map_buffer(uint32_t width, uint32_t height)
{
	struct drm_mode_map_dumb map = { 0 };

	buffer = (struct drm_mode_create_dumb){ .width = width, .height = height, .bpp = 32 };
	CHECK(!ioctl(card, DRM_IOCTL_MODE_CREATE_DUMB, &buffer));
	map.handle = buffer.handle;
	CHECK(!ioctl(card, DRM_IOCTL_MODE_MAP_DUMB, &map));
	pixels = mmap(0, buffer.size, PROT_READ | PROT_WRITE, MAP_SHARED, card, (off_t)map.offset);
	CHECK(pixels != MAP_FAILED);
}

static void light(void)
{
	uint32_t crtcs[8], connectors[8];
	struct drm_mode_card_res resources = { .crtc_id_ptr = (uintptr_t)crtcs, .count_crtcs = 8,
		.connector_id_ptr = (uintptr_t)connectors, .count_connectors = 8 };
	struct drm_mode_modeinfo modes[128];
	struct drm_mode_get_connector get = { 0 };
	struct drm_mode_fb_cmd2 add = { 0 };
	struct drm_mode_crtc set = { 0 };

	open_card();
	CHECK(!ioctl(card, DRM_IOCTL_MODE_GETRESOURCES, &resources));
	crtc = crtcs[0];
	connector = connectors[0];
	get.connector_id = connector;
	CHECK(!ioctl(card, DRM_IOCTL_MODE_GETCONNECTOR, &get));
	CHECK(get.count_modes > 0 && get.count_modes <= 128);
	get = (struct drm_mode_get_connector){ .connector_id = connector, .count_modes = get.count_modes, .modes_ptr = (uintptr_t)modes };
	CHECK(!ioctl(card, DRM_IOCTL_MODE_GETCONNECTOR, &get));
	mode = modes[0];
	map_buffer(mode.hdisplay, mode.vdisplay);
	add.width = mode.hdisplay;
	add.height = mode.vdisplay;
	add.pixel_format = DRM_FORMAT_XRGB8888;
	add.handles[0] = buffer.handle;
	add.pitches[0] = buffer.pitch;
	CHECK(!ioctl(card, DRM_IOCTL_MODE_ADDFB2, &add));
	framebuffer = add.fb_id;
	set = (struct drm_mode_crtc){ .crtc_id = crtc, .fb_id = framebuffer, .mode = mode, .mode_valid = 1,
		.set_connectors_ptr = (uintptr_t)&connector, .count_connectors = 1 };
	CHECK(!ioctl(card, DRM_IOCTL_MODE_SETCRTC, &set));
}

static void idle(void)
{
	open_card();
	ready();
	pause();
}

static void mapped(void)
{
	open_card();
	map_buffer(640, 480);
	memset(pixels, 7, buffer.size);
	CHECK(!ioctl(card, DRM_IOCTL_MODE_DESTROY_DUMB, &(struct drm_mode_destroy_dumb){ buffer.handle }));
	map_buffer(640, 480);
	ready();
	pause();
}

static void lit(void)
{
	light();
	ready();
	pause();
}

static void flipping(void)
{
	char event[1024];

	light();
	for (int i = 0;; i++) {
		struct drm_mode_crtc_page_flip flip = { .crtc_id = crtc, .fb_id = framebuffer, .flags = DRM_MODE_PAGE_FLIP_EVENT };
		CHECK(!ioctl(card, DRM_IOCTL_MODE_PAGE_FLIP, &flip));
		if (i == 2)
			ready();
		CHECK(read(card, event, sizeof event) == 32);
	}
}

static void waiting(void)
{
	light();
	ready();
	for (;;) {
		union drm_wait_vblank wait = { .request = { .type = _DRM_VBLANK_RELATIVE, .sequence = 100000 } };
		ioctl(card, DRM_IOCTL_WAIT_VBLANK, &wait);
	}
}

static void drawing(void)
{
	light();
	ready();
	for (int i = 0;; i++)
		memset(pixels, i, buffer.size);
}

static void calling(void)
{
	open_card();
	ready();
	for (;;) {
		buffer = (struct drm_mode_create_dumb){ .width = 64, .height = 64, .bpp = 32 };
		ioctl(card, DRM_IOCTL_MODE_CREATE_DUMB, &buffer);
		ioctl(card, DRM_IOCTL_MODE_DESTROY_DUMB, &(struct drm_mode_destroy_dumb){ buffer.handle });
	}
}

static void reading(void)
{
	char event[32];

	open_card();
	ready();
	read(card, event, sizeof event);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "idle", idle }, { "mapped", mapped }, { "lit", lit }, { "flipping", flipping },
		{ "waiting", waiting }, { "drawing", drawing }, { "calling", calling }, { "reading", reading }, { 0, 0 } };

	return run_scenario(all, argc, argv);
}
