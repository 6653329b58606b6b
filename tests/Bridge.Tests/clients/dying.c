/* What a process may be in the middle of when it is killed: opening, importing, leasing, reading CRCs, commanding the daemon. Says so, and goes on. */
#include <linux/dma-buf.h>
#include <sys/un.h>
#include "atomic.h"
#include "timeline.h"
#include "wire.h"

static void ready(void)
{
	puts("ready");
	fflush(stdout);
}

/* The steps of an import, as many of them. */
static void import_until(int steps)
{
	int fd = open_card(0, O_RDWR), other = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 640, 480);
	struct drm_prime_handle out = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR }, in = { 0 };

	if (steps > 0)
		CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &out));
	in.fd = out.fd;
	if (steps > 1)
		CHECK(mmap(NULL, dumb.size, PROT_READ | PROT_WRITE, MAP_SHARED, out.fd, 0) != MAP_FAILED);
	if (steps > 2)
		CHECK(!ioctl(other, DRM_IOCTL_PRIME_FD_TO_HANDLE, &in));
	if (steps > 3)
		CHECK(!gem_close(fd, dumb.handle) && !close(fd));
	if (steps > 4)
		CHECK(!close(out.fd));
	dumb.handle = in.handle;
	if (steps > 5)
		map(other, &dumb);
	if (steps > 6)
		add_framebuffer(other, &dumb);
}

static void importing(void)
{
	for (int i = 0;; i++) {
		int fd = open_card(0, O_RDWR), other = open_card(0, O_RDWR);
		struct drm_mode_create_dumb dumb = create(fd, 64, 64);
		struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };
		CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
		CHECK(!ioctl(other, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime));
		CHECK(!munmap(mmap(NULL, dumb.size, PROT_READ, MAP_SHARED, prime.fd, 0), dumb.size));
		CHECK(!close(prime.fd) && !close(fd) && !close(other));
		if (i == 2)
			ready();
	}
}

static void opening(void)
{
	for (int i = 0;; i++) {
		int fd = open_card(0, O_RDWR);
		create(fd, 64, 64);
		CHECK(!close(fd));
		if (i == 2)
			ready();
	}
}

/* Syncobjs, and what sync files are made of a buffer and of each other. */
static void sharing(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };
	struct drm_syncobj_create create = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime) && !gem_close(fd, dumb.handle));
	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_CREATE, &create));
	for (int i = 0;; i++) {
		int timeline = open_timeline(), fence = fence_at(timeline, 1);
		struct dma_buf_import_sync_file import = { DMA_BUF_SYNC_WRITE, fence };
		struct dma_buf_export_sync_file last = { .flags = DMA_BUF_SYNC_RW };
		struct sync_merge_data merge = { .name = "both", .fd2 = fence };
		struct drm_syncobj_handle syncobj = { .handle = create.handle, .fd = -1 };
		CHECK(!ioctl(prime.fd, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &import) && !ioctl(prime.fd, DMA_BUF_IOCTL_EXPORT_SYNC_FILE, &last));
		CHECK(!ioctl(last.fd, SYNC_IOC_MERGE, &merge) && !ioctl(fd, DRM_IOCTL_SYNCOBJ_HANDLE_TO_FD, &syncobj));
		CHECK(!close(timeline) && !close(fence) && !close(last.fd) && !close(merge.fence) && !close(syncobj.fd));
		if (i == 2)
			ready();
	}
}

static void leasing(void)
{
	int fd = open_card(0, O_RDWR);
	uint32_t connector = light(fd).connector;

	for (int i = 0;; i++) {
		struct drm_mode_create_lease lease = { .object_ids = (uintptr_t)&connector, .object_count = 0, .flags = O_CLOEXEC };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_CREATE_LEASE, &lease));
		create(lease.fd, 64, 64);
		CHECK(!close(lease.fd));
		if (i == 2)
			ready();
	}
}

static void reading_crcs(void)
{
	int fd = open_card(0, O_RDWR), data;
	char line[64];

	light(fd);
	CHECK((data = open("/sys/kernel/debug/dri/0/crtc-0/crc/data", O_RDONLY)) >= 0);
	for (int i = 0;; i++) {
		CHECK(read(data, line, sizeof line) > 0);
		if (i == 2)
			ready();
	}
}

/* As drm ctl does it; it never waits for the answer. */
static void commanding(void)
{
	static const char *const commands[] = { "{\"do\":\"unplug\",\"connector\":\"HDMI-A-1\"}", "{\"do\":\"connectors\"}" };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	char packet[256];

	CHECK(getenv("DRM_ACTORS_SOCKET"));
	strncpy(address.sun_path, getenv("DRM_ACTORS_SOCKET"), sizeof address.sun_path - 1);
	for (int i = 0;; i++) {
		const char *command = commands[i % 2];
		struct wire_open open = { WIRE_MAGIC, WIRE_CONTROL, 0, (uint32_t)strlen(command) };
		int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
		CHECK(!connect(fd, (const struct sockaddr *)&address, sizeof address));
		memcpy(packet, &open, sizeof open);
		memcpy(packet + sizeof open, command, open.length);
		CHECK(send(fd, packet, sizeof open + open.length, 0) > 0);
		if (i % 3)
			close(fd);
		if (i % 30 == 20)
			for (int gone = 3; gone < 64; gone++)
				close(gone);
		if (i == 2)
			ready();
	}
}

static void writing_back(void)
{
	int fd = open_card(0, O_RDWR);
	struct output output = light_with_writeback(fd);
	struct drm_mode_create_dumb copy = create(fd, output.screen.mode.hdisplay, output.screen.mode.vdisplay);
	uint32_t framebuffer = add_framebuffer(fd, &copy);

	for (int i = 0;; i++) {
		struct commit commit = { 0 };
		int32_t fence = -1;
		put(fd, &commit, output.writeback, "CRTC_ID", output.screen.crtc);
		put(fd, &commit, output.writeback, "WRITEBACK_FB_ID", framebuffer);
		put(fd, &commit, output.writeback, "WRITEBACK_OUT_FENCE_PTR", (uintptr_t)&fence);
		CHECK(!do_commit(fd, &commit, DRM_MODE_ATOMIC_ALLOW_MODESET, 0) && fence >= 0);
		CHECK(!close(fence));
		if (i == 2)
			ready();
	}
}

/* A commit that waits for a fence which never comes. */
static void waiting_for_a_fence(void)
{
	int fd = open_card(0, O_RDWR), timeline = open_timeline();
	struct output output = light_with_writeback(fd);
	struct commit commit = { 0 };
	int32_t fence = -1;

	put(fd, &commit, output.plane, "FB_ID", output.screen.framebuffer);
	put(fd, &commit, output.plane, "IN_FENCE_FD", (uint64_t)fence_at(timeline, 1));
	put(fd, &commit, output.screen.crtc, "OUT_FENCE_PTR", (uintptr_t)&fence);
	CHECK(!do_commit(fd, &commit, DRM_MODE_ATOMIC_NONBLOCK, 0));
	ready();
	struct pollfd one = { fence, POLLIN, 0 };
	poll(&one, 1, -1);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "opening", opening }, { "importing", importing }, { "sharing", sharing }, { "leasing", leasing },
		{ "reading-crcs", reading_crcs }, { "commanding", commanding }, { "writing-back", writing_back }, { "waiting-for-a-fence", waiting_for_a_fence }, { 0, 0 } };

	if (argc == 2 && !strncmp(argv[1], "import-", 7)) {
		import_until(atoi(argv[1] + 7));
		ready();
		pause();
	}
	return run_scenario(all, argc, argv);
}
