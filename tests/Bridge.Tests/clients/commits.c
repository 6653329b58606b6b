/* Commits that wait for fences and give some, with writeback. The board is vkms. */
#include "atomic.h"
#include "timeline.h"

static void until_signalled(int file)
{
	struct pollfd one = { file, POLLIN | POLLOUT, 0 };

	CHECK(poll(&one, 1, -1) == 1 && one.revents == POLLIN && status_of(file) == 1);
}

static void a_commit_waits_for_its_fence(void)
{
	int fd = open_card(0, O_RDWR), timeline = open_timeline();
	struct output output = light_with_writeback(fd);
	struct drm_mode_create_dumb next = create(fd, output.screen.mode.hdisplay, output.screen.mode.vdisplay), copy = create(fd, next.width, next.height);
	uint32_t *pixels = (uint32_t *)map(fd, &next), *copied = (uint32_t *)map(fd, &copy);
	uint64_t shown = 0x1122334455667788ull, written = shown;
	struct commit commit = { 0 };
	int fence = fence_at(timeline, 1), lowest = dup(fd);

	for (uint64_t i = 0; i < next.size / 4; i++)
		pixels[i] = 0x00123456;
	put(fd, &commit, output.plane, "FB_ID", add_framebuffer(fd, &next));
	put(fd, &commit, output.plane, "IN_FENCE_FD", (uint64_t)fence);
	put(fd, &commit, output.screen.crtc, "OUT_FENCE_PTR", (uintptr_t)&shown);
	put(fd, &commit, output.writeback, "CRTC_ID", output.screen.crtc);
	put(fd, &commit, output.writeback, "WRITEBACK_FB_ID", add_framebuffer(fd, &copy));
	put(fd, &commit, output.writeback, "WRITEBACK_OUT_FENCE_PTR", (uintptr_t)&written);
	close(lowest);
	CHECK(!do_commit(fd, &commit, DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT | DRM_MODE_ATOMIC_ALLOW_MODESET, 7));
	CHECK(shown >> 32 == 0x11223344 && written >> 32 == 0x11223344);
	int out = (int)shown, writeback = (int)written;
	CHECK((out == lowest || writeback == lowest) && out != writeback);
	CHECK(fcntl(out, F_GETFD) == FD_CLOEXEC && fcntl(writeback, F_GETFD) == FD_CLOEXEC);
	/* It may be closed: the commit has its own. */
	CHECK(!close(fence));
	CHECK(!polled(out, POLLIN) && !polled(writeback, POLLIN) && !status_of(out));
	move_on(timeline, 1);
	until_signalled(out);
	until_signalled(writeback);
	CHECK(next_event(fd).user_data == 7);
	CHECK((copied[0] & 0xffffff) == 0x123456 && (copied[copy.size / 4 - 1] & 0xffffff) == 0x123456);
}

static void a_failed_commit_makes_none(void)
{
	int fd = open_card(0, O_RDWR), lowest = dup(fd);
	struct output output = light_with_writeback(fd);
	uint64_t shown = 0x1122334455667788ull;
	struct commit commit = { 0 };

	close(lowest);
	put(fd, &commit, output.screen.crtc, "OUT_FENCE_PTR", (uintptr_t)&shown);
	put(fd, &commit, output.plane, "FB_ID", 424242);
	FAILS(do_commit(fd, &commit, 0, 0), EINVAL);
	CHECK(shown == 0x11223344ffffffffull && dup(fd) == lowest);
}

/* Before anything is done: also where the memory could be read. */
static void a_fence_that_cannot_be_told_is_refused(void)
{
	int fd = open_card(0, O_RDWR), protections[] = { PROT_NONE, PROT_READ, PROT_EXEC };
	struct output output = light_with_writeback(fd);
	struct drm_mode_create_dumb next = create(fd, output.screen.mode.hdisplay, output.screen.mode.vdisplay);
	uint32_t framebuffer = add_framebuffer(fd, &next);

	for (unsigned i = 0; i < 3; i++) {
		void *memory = mmap(NULL, 4096, protections[i], MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		struct commit commit = { 0 };
		CHECK(memory != MAP_FAILED);
		put(fd, &commit, output.plane, "FB_ID", framebuffer);
		put(fd, &commit, output.screen.crtc, "OUT_FENCE_PTR", (uintptr_t)memory);
		FAILS(do_commit(fd, &commit, DRM_MODE_ATOMIC_TEST_ONLY, 0), EFAULT);
		FAILS(do_commit(fd, &commit, 0, 0), EFAULT);
		FAILS(do_commit(fd, &commit, DRM_MODE_ATOMIC_NONBLOCK, 0), EFAULT);
		CHECK(plane_of(fd, output.screen.framebuffer) == output.plane && !munmap(memory, 4096));
	}
}

static void what_is_no_sync_file_is_refused(void)
{
	int fd = open_card(0, O_RDWR), ends[2];
	struct output output = light_with_writeback(fd);

	CHECK(!pipe(ends));
	int others[] = { fd, ends[0], open_timeline(), 99 };
	for (unsigned i = 0; i < sizeof others / sizeof *others; i++) {
		struct commit commit = { 0 };
		put(fd, &commit, output.plane, "FB_ID", output.screen.framebuffer);
		put(fd, &commit, output.plane, "IN_FENCE_FD", (uint64_t)others[i]);
		FAILS(do_commit(fd, &commit, DRM_MODE_ATOMIC_TEST_ONLY, 0), EINVAL);
		FAILS(do_commit(fd, &commit, 0, 0), EINVAL);
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "a-commit-waits-for-its-fence", a_commit_waits_for_its_fence },
		{ "a-failed-commit-makes-none", a_failed_commit_makes_none },
		{ "a-fence-that-cannot-be-told-is-refused", a_fence_that_cannot_be_told_is_refused },
		{ "what-is-no-sync-file-is-refused", what_is_no_sync_file_is_refused },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
