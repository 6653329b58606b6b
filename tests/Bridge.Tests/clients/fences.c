/* Commits that wait for fences, and give some. */
#include <linux/dma-buf.h>
#include <linux/sync_file.h>
#include <signal.h>
#include <string.h>
#include "card.h"

/* A timeline that is moved on by hand. No header has it. */
struct point {
	uint32_t value;
	char name[32];
	int32_t fence;
};

struct fenced {
	int fd;
	struct screen screen;
	struct drm_mode_create_dumb dumb;
	uint32_t other, plane, fb_id, in_fence, out_fence;
};

static int fence_at(int timeline, uint32_t value)
{
	struct point point = { .value = value };

	CHECK(!ioctl(timeline, _IOWR('W', 0, struct point), &point));
	return point.fence;
}

static int open_timeline(void)
{
	int fd = open("/sys/kernel/debug/sync/sw_sync", O_RDWR | O_CLOEXEC);

	CHECK(fd >= 0);
	return fd;
}

static void move_on(int timeline, uint32_t by)
{
	CHECK(!ioctl(timeline, _IOW('W', 1, uint32_t), &by));
}

static uint32_t property(int fd, uint32_t object, uint32_t type, const char *name)
{
	uint32_t ids[64];
	uint64_t values[64];
	struct drm_mode_obj_get_properties all = { .props_ptr = (uintptr_t)ids, .prop_values_ptr = (uintptr_t)values, .count_props = 64, .obj_id = object, .obj_type = type };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_OBJ_GETPROPERTIES, &all));
	for (uint32_t i = 0; i < all.count_props; i++) {
		struct drm_mode_get_property one = { .prop_id = ids[i] };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETPROPERTY, &one));
		if (!strcmp(one.name, name))
			return ids[i];
	}
	CHECK(!"such a property");
	return 0;
}

static struct fenced lit(void)
{
	struct fenced it = { .fd = open_card(0, O_RDWR) };
	uint32_t planes[32];
	struct drm_mode_get_plane_res all = { .plane_id_ptr = (uintptr_t)planes, .count_planes = 32 };

	CHECK(!ioctl(it.fd, DRM_IOCTL_SET_CLIENT_CAP, &(struct drm_set_client_cap){ DRM_CLIENT_CAP_ATOMIC, 1 }));
	it.screen = light(it.fd);
	it.dumb = create(it.fd, it.screen.mode.hdisplay, it.screen.mode.vdisplay);
	struct drm_mode_fb_cmd add = { .width = it.dumb.width, .height = it.dumb.height, .pitch = it.dumb.pitch, .bpp = 32, .depth = 24, .handle = it.dumb.handle };
	CHECK(!ioctl(it.fd, DRM_IOCTL_MODE_ADDFB, &add));
	it.other = add.fb_id;
	CHECK(!ioctl(it.fd, DRM_IOCTL_MODE_GETPLANERESOURCES, &all));
	for (uint32_t i = 0; i < all.count_planes && !it.plane; i++) {
		struct drm_mode_get_plane get = { .plane_id = planes[i] };
		CHECK(!ioctl(it.fd, DRM_IOCTL_MODE_GETPLANE, &get));
		if (get.fb_id == it.screen.framebuffer)
			it.plane = planes[i];
	}
	it.fb_id = property(it.fd, it.plane, DRM_MODE_OBJECT_PLANE, "FB_ID");
	it.in_fence = property(it.fd, it.plane, DRM_MODE_OBJECT_PLANE, "IN_FENCE_FD");
	it.out_fence = property(it.fd, it.screen.crtc, DRM_MODE_OBJECT_CRTC, "OUT_FENCE_PTR");
	return it;
}

/* Shows the other framebuffer after a fence; -1 for none. */
static int commit(const struct fenced *it, uint32_t flags, int fence, int *out)
{
	uint32_t objects[] = { it->plane, it->screen.crtc }, counts[] = { 2, 1 }, properties[] = { it->fb_id, it->in_fence, it->out_fence };
	uint64_t values[] = { it->other, (uint64_t)(int64_t)fence, (uintptr_t)out };
	struct drm_mode_atomic atomic = { flags, 2, (uintptr_t)objects, (uintptr_t)counts, (uintptr_t)properties, (uintptr_t)values, 0, 7 };

	return ioctl(it->fd, DRM_IOCTL_MODE_ATOMIC, &atomic);
}

static struct sync_fence_info fence_of(int file)
{
	struct sync_fence_info fence;
	struct sync_file_info info = { .num_fences = 1, .sync_fence_info = (uintptr_t)&fence };

	CHECK(!ioctl(file, SYNC_IOC_FILE_INFO, &info) && info.num_fences == 1);
	return fence;
}

static void a_flip_waits_for_its_fence(void)
{
	struct fenced it = lit();
	int timeline = open_timeline(), fence = fence_at(timeline, 1), out = -2;

	CHECK(!commit(&it, DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT, fence, &out));
	CHECK(out >= 0 && fcntl(out, F_GETFD) == FD_CLOEXEC);
	/* What it waits for, it has for itself. */
	close(fence);
	CHECK(!wait_frames(it.fd, 3) && !polled(it.fd, POLLIN) && !polled(out, POLLIN) && !fence_of(out).status);
	FAILS(commit(&it, DRM_MODE_ATOMIC_NONBLOCK, -1, NULL), EBUSY);
	move_on(timeline, 1);
	struct drm_event_vblank event = next_event(it.fd);
	struct pollfd one = { out, POLLIN, 0 };
	CHECK(event.user_data == 7 && poll(&one, 1, -1) == 1 && fence_of(out).status == 1);
	/* In microseconds, cut. */
	CHECK(fence_of(out).timestamp_ns / 1000 == event.tv_sec * 1000000ull + event.tv_usec);
	CHECK(!strcmp(fence_of(out).driver_name, "vkms") && !strncmp(fence_of(out).obj_name, "CRTC:", 5));
}

static void what_fails_leaves_nothing_behind(void)
{
	struct fenced it = lit();
	int lowest = dup(it.fd), out = -2;

	close(lowest);
	FAILS(commit(&it, DRM_MODE_ATOMIC_NONBLOCK, it.fd, &out), EINVAL);
	FAILS(commit(&it, DRM_MODE_ATOMIC_NONBLOCK, 99, &out), EINVAL);
	FAILS(commit(&it, DRM_MODE_ATOMIC_NONBLOCK, -2, &out), EINVAL);
	FAILS(commit(&it, DRM_MODE_ATOMIC_NONBLOCK, -1, (int *)8), EFAULT);
	CHECK(!commit(&it, DRM_MODE_ATOMIC_TEST_ONLY, -1, &out) && out == -1);
	it.other = 9999;
	FAILS(commit(&it, DRM_MODE_ATOMIC_NONBLOCK, -1, &out), EINVAL);
	CHECK(dup(it.fd) == lowest);
}

static void woken(int number)
{
	(void)number;
}

static void a_blocking_commit_can_be_interrupted(void)
{
	struct fenced it = lit();
	struct sigaction action = { .sa_handler = woken };
	int timeline = open_timeline(), fence = fence_at(timeline, 1), out = -2;
	pid_t child;

	CHECK(!sigaction(SIGUSR1, &action, NULL));
	if (!(child = fork())) {
		/* Until it is heard, whenever the call begins. */
		for (;; usleep(10000))
			kill(getppid(), SIGUSR1);
	}
	FAILS(commit(&it, 0, fence, &out), EINTR);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	CHECK(out == -1);
	move_on(timeline, 1);
	CHECK(!commit(&it, 0, fence, &out) && polled(out, POLLIN) == POLLIN);
}

static void who_dies_holds_nobody_up(void)
{
	int ends[2];
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		struct fenced it = lit();
		int timeline = open_timeline(), out;
		CHECK(!commit(&it, DRM_MODE_ATOMIC_NONBLOCK, fence_at(timeline, 1), &out));
		send_fd(ends[1], out);
		pause();
	}
	int out = receive_fd(ends[0]);
	CHECK(!polled(out, POLLIN));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	struct pollfd one = { out, POLLIN, 0 };
	CHECK(poll(&one, 1, -1) == 1);
	struct fenced mine = lit();
	CHECK(!commit(&mine, 0, -1, &out) && polled(out, POLLIN) == POLLIN);
}

static void a_flip_waits_for_writers(void)
{
	struct fenced it = lit();
	int timeline = open_timeline();
	struct drm_prime_handle prime = { .handle = it.dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };

	CHECK(!ioctl(it.fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	struct dma_buf_import_sync_file write = { DMA_BUF_SYNC_WRITE, fence_at(timeline, 1) }, read = { DMA_BUF_SYNC_READ, fence_at(timeline, 9) };
	CHECK(!ioctl(prime.fd, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &write) && !ioctl(prime.fd, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &read));
	it.screen.framebuffer = it.other;
	CHECK(!flip(it.fd, &it.screen, 8));
	CHECK(!wait_frames(it.fd, 3) && !polled(it.fd, POLLIN));
	move_on(timeline, 1);
	CHECK(next_event(it.fd).user_data == 8);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "a-flip-waits-for-its-fence", a_flip_waits_for_its_fence },
		{ "what-fails-leaves-nothing-behind", what_fails_leaves_nothing_behind },
		{ "a-blocking-commit-can-be-interrupted", a_blocking_commit_can_be_interrupted },
		{ "who-dies-holds-nobody-up", who_dies_holds_nobody_up },
		{ "a-flip-waits-for-writers", a_flip_waits_for_writers },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
