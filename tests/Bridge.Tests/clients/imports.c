/* A buffer of one board that becomes another's. The first board is vgem, which draws, the second shows. */
#include <linux/dma-buf.h>
#include <signal.h>
#include "vgem.h"

#define SIDE 2048

/* What it is that a process has of a buffer by now. */
struct import {
	int maker, taker, buffer;
	struct drm_mode_create_dumb dumb;
	char *drawn, *seen;
	uint32_t handle, framebuffer;
	struct screen screen;
};

static void say(const char *word)
{
	puts(word);
	fflush(stdout);
}

static void opens_its_maker(struct import *of)
{
	of->maker = open_card(0, O_RDWR | O_CLOEXEC);
}

static void makes_it(struct import *of)
{
	of->dumb = create(of->maker, SIDE, SIDE);
}

static void draws(struct import *of)
{
	of->drawn = map(of->maker, &of->dumb);
	memset(of->drawn, 0x5a, of->dumb.size);
}

static void exports(struct import *of)
{
	struct drm_prime_handle prime = { .handle = of->dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };

	CHECK(!ioctl(of->maker, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	of->buffer = prime.fd;
}

static void opens_its_taker(struct import *of)
{
	of->taker = open_card(1, O_RDWR | O_CLOEXEC);
}

static void imports(struct import *of)
{
	struct drm_prime_handle prime = { .fd = of->buffer };

	CHECK(!ioctl(of->taker, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime));
	of->handle = prime.handle;
}

static void imports_again(struct import *of)
{
	uint32_t first = of->handle;

	imports(of);
	CHECK(of->handle == first);
}

static void maps_it(struct import *of)
{
	CHECK((of->seen = mmap(NULL, of->dumb.size, PROT_READ | PROT_WRITE, MAP_SHARED, of->buffer, 0)) != MAP_FAILED);
}

static void begins_to_draw(struct import *of)
{
	CHECK(!ioctl(of->buffer, DMA_BUF_IOCTL_SYNC, &(struct dma_buf_sync){ DMA_BUF_SYNC_START | DMA_BUF_SYNC_RW }));
	memset(of->seen, 0xa5, of->dumb.size);
}

static void ends_to_draw(struct import *of)
{
	CHECK(!ioctl(of->buffer, DMA_BUF_IOCTL_SYNC, &(struct dma_buf_sync){ DMA_BUF_SYNC_END | DMA_BUF_SYNC_RW }));
}

static void names_it(struct import *of)
{
	CHECK(!ioctl(of->buffer, DMA_BUF_SET_NAME, "drawn"));
	CHECK(!ioctl(of->taker, DRM_IOCTL_GEM_FLINK, &(struct drm_gem_flink){ .handle = of->handle }));
}

static void lights_its_screen(struct import *of)
{
	of->screen = light(of->taker);
	CHECK(of->screen.mode.hdisplay <= SIDE && of->screen.mode.vdisplay <= SIDE);
}

static void frames_it(struct import *of)
{
	struct drm_mode_fb_cmd add = { .width = of->screen.mode.hdisplay, .height = of->screen.mode.vdisplay, .pitch = of->dumb.pitch, .bpp = 32, .depth = 24,
		.handle = of->handle };

	CHECK(!ioctl(of->taker, DRM_IOCTL_MODE_ADDFB, &add));
	of->screen.framebuffer = add.fb_id;
}

static void shows_it(struct import *of)
{
	CHECK(!flip(of->taker, &of->screen, 1));
	next_event(of->taker);
}

/* For longer than anybody here waits. */
static void holds_it_busy(struct import *of)
{
	attach(of->maker, of->dumb.handle, VGEM_WRITE);
}

static void flips_behind_the_fence(struct import *of)
{
	CHECK(!flip(of->taker, &of->screen, 2));
}

static void closes_its_handle(struct import *of)
{
	CHECK(!gem_close(of->maker, of->dumb.handle));
}

/* Its fence comes with that, and so does the flip. What it has drawn is mapped, and so the file is not over. */
static void closes_its_maker(struct import *of)
{
	CHECK(!close(of->maker));
}

static void unmaps_what_it_has_drawn(struct import *of)
{
	CHECK(!munmap(of->drawn, of->dumb.size));
}

static void closes_the_buffer(struct import *of)
{
	CHECK(!close(of->buffer));
}

static void closes_what_it_imported(struct import *of)
{
	CHECK(!gem_close(of->taker, of->handle));
}

static void (*const steps[])(struct import *) = { opens_its_maker, makes_it, draws, exports, opens_its_taker, imports, imports_again, maps_it, begins_to_draw, ends_to_draw,
	names_it, lights_its_screen, frames_it, shows_it, holds_it_busy, flips_behind_the_fence, closes_its_handle, closes_its_maker, unmaps_what_it_has_drawn, closes_the_buffer,
	closes_what_it_imported };

/* Comes as far as it is told, and stays there. */
static void import_until(int step)
{
	static struct import of;

	for (int i = 0; i < step; i++)
		steps[i](&of);
	say(step < (int)(sizeof steps / sizeof *steps) ? "ready" : "ready, and that is all");
	pause();
}

/* Wherever it is in it when it is killed. */
static void over_and_over(void)
{
	for (int i = 0;; i++) {
		struct import of = { 0 };
		opens_its_maker(&of);
		of.dumb = create(of.maker, 64, 64);
		exports(&of);
		opens_its_taker(&of);
		imports(&of);
		maps_it(&of);
		CHECK(!close(of.maker) && !close(of.buffer));
		closes_what_it_imported(&of);
		CHECK(!munmap(of.seen, of.dumb.size) && !close(of.taker));
		if (i == 2)
			say("ready");
	}
}

/* The maker's process: sends the buffer, goes on as far as it is told, says so, and waits for its end. */
static void make(int to, int step)
{
	struct import of = { 0 };

	opens_its_maker(&of);
	makes_it(&of);
	draws(&of);
	exports(&of);
	send_fd(to, of.buffer);
	switch (step) {
	case 3:
		CHECK(!munmap(of.drawn, of.dumb.size) && !close(of.buffer));
		closes_its_handle(&of);
		break;
	case 2:
		CHECK(!close(of.buffer));
		break;
	case 1:
		holds_it_busy(&of);
		break;
	}
	CHECK(send(to, "x", 1, 0) == 1);
	pause();
}

static void all_of_it_is(const char *at, size_t size, char byte)
{
	CHECK(at[0] == byte && !memcmp(at, at + 1, size - 1));
}

/* The taker's process goes on when the maker's is killed: what it has stays, whoever had it, and who waited for the maker goes on. */
static void its_maker_dies(int step, bool maps_early)
{
	struct import of = { .dumb.size = SIDE * SIDE * 4, .dumb.pitch = SIDE * 4 };
	struct pollfd drawn = { .events = POLLIN };
	int ends[2];
	pid_t maker;
	char byte;

	socket_pair(ends);
	CHECK((maker = fork()) >= 0);
	if (!maker) {
		make(ends[1], step);
		_exit(1);
	}
	drawn.fd = of.buffer = receive_fd(ends[0]);
	opens_its_taker(&of);
	lights_its_screen(&of);
	imports(&of);
	frames_it(&of);
	if (maps_early)
		maps_it(&of);
	CHECK(recv(ends[0], &byte, 1, 0) == 1);
	CHECK(poll(&drawn, 1, 0) == (step == 1 ? 0 : 1));
	/* Behind the maker's fence, where there is one. */
	CHECK(!flip(of.taker, &of.screen, 1));
	CHECK(!kill(maker, SIGKILL) && waitpid(maker, NULL, 0) == maker);

	/* Its fences have ended with it. */
	CHECK(poll(&drawn, 1, -1) == 1);
	CHECK(next_event(of.taker).user_data == 1);
	if (!maps_early)
		maps_it(&of);
	all_of_it_is(of.seen, of.dumb.size, 0x5a);
	CHECK(lseek(of.buffer, 0, SEEK_END) == (off_t)of.dumb.size);
	memset(of.seen, 0x11, of.dumb.size);

	/* The board that made it takes it back, with what has been drawn since. */
	opens_its_maker(&of);
	struct drm_prime_handle back = { .fd = of.buffer };
	CHECK(!ioctl(of.maker, DRM_IOCTL_PRIME_FD_TO_HANDLE, &back));
	of.dumb.handle = back.handle;
	of.drawn = map(of.maker, &of.dumb);
	all_of_it_is(of.drawn, of.dumb.size, 0x11);
	closes_the_buffer(&of);
	closes_what_it_imported(&of);
	all_of_it_is(of.seen, of.dumb.size, 0x11);
}

static void its_maker_dies_with_it(void)
{
	its_maker_dies(0, true);
}

static void its_maker_dies_with_a_fence(void)
{
	its_maker_dies(1, false);
}

static void its_maker_dies_with_a_handle(void)
{
	its_maker_dies(2, false);
}

static void its_maker_dies_without_it(void)
{
	its_maker_dies(3, false);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "over-and-over", over_and_over }, { "its-maker-dies-with-it", its_maker_dies_with_it },
		{ "its-maker-dies-with-a-fence", its_maker_dies_with_a_fence }, { "its-maker-dies-with-a-handle", its_maker_dies_with_a_handle },
		{ "its-maker-dies-without-it", its_maker_dies_without_it }, { 0 } };

	if (argc == 3 && !strcmp(argv[1], "until")) {
		import_until(atoi(argv[2]));
		return 0;
	}
	return run_scenario(all, argc, argv);
}
