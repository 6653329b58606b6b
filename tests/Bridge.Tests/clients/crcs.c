/* CRCs of frames as test suites read them: debugfs, a line a frame. */
#include "card.h"

#define DATA "/sys/kernel/debug/dri/0/crtc-0/crc/data"

static uint32_t number_of(const char *line) { return (uint32_t)strtoul(line, NULL, 16); }
static uint32_t crc_of(const char *line) { return (uint32_t)strtoul(line + 11, NULL, 16); }

static void a_line_a_frame(void)
{
	int card = open_card(0, O_RDWR), data;
	char line[64], next[64];

	struct screen screen = light(card);
	CHECK((data = open(DATA, O_RDONLY)) >= 0);
	FAILS(open(DATA, O_RDONLY), EBUSY);
	CHECK(read(data, line, sizeof line) == 23 && line[10] == ' ' && line[21] == '\n' && !line[22]);
	for (int i = 0; i < 5; i++) {
		CHECK(read(data, next, sizeof next) == 23);
		CHECK(number_of(next) > number_of(line));
		CHECK(crc_of(next) == crc_of(line));
		memcpy(line, next, sizeof next);
	}

	/* Another picture is another CRC. */
	struct drm_mode_create_dumb dumb = create(card, screen.mode.hdisplay, screen.mode.vdisplay);
	memset(map(card, &dumb), 0x5a, dumb.size);
	struct drm_mode_fb_cmd add = { .width = dumb.width, .height = dumb.height, .pitch = dumb.pitch, .bpp = 32, .depth = 24, .handle = dumb.handle };
	CHECK(!ioctl(card, DRM_IOCTL_MODE_ADDFB, &add));
	screen.framebuffer = add.fb_id;
	CHECK(!flip(card, &screen, 1));
	uint32_t shown = next_event(card).sequence;
	do
		CHECK(read(data, next, sizeof next) == 23);
	while (number_of(next) < shown);
	CHECK(crc_of(next) != crc_of(line));
	CHECK(!close(data));
	CHECK((data = open(DATA, O_RDONLY | O_NONBLOCK)) >= 0);
	while (read(data, next, sizeof next) > 0)
		;
	FAILS(read(data, next, sizeof next), EAGAIN);
	CHECK(!close(data));
}

static void a_dark_crtc_has_none(void)
{
	FAILS(open(DATA, O_RDONLY), EIO);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "a-line-a-frame", a_line_a_frame },
		{ "a-dark-crtc-has-none", a_dark_crtc_has_none },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
