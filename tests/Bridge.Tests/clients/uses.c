/* What uses a buffer, as poll shows it and as sync files that are made of it and put into it. The board is vgem. */
#include <linux/dma-buf.h>
#include "timeline.h"
#include "vgem.h"

#define MANY 32
#define READ DMA_BUF_SYNC_READ
#define WRITE DMA_BUF_SYNC_WRITE

static struct {
	int fd, buffer, timeline;
	uint32_t handle, last;
} with;

static void begin(void)
{
	with.fd = open_card(0, O_RDWR);
	with.timeline = open_timeline();
	with.handle = create(with.fd, 1, 1).handle;
	struct drm_prime_handle prime = { .handle = with.handle, .flags = DRM_CLOEXEC | DRM_RDWR };
	CHECK(!ioctl(with.fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	with.buffer = prime.fd;
}

static int taken(uint32_t flags)
{
	struct dma_buf_export_sync_file used = { flags, -1 };

	CHECK(!ioctl(with.buffer, DMA_BUF_IOCTL_EXPORT_SYNC_FILE, &used) && used.fd >= 0 && fcntl(used.fd, F_GETFD) == FD_CLOEXEC);
	return used.fd;
}

static void give(uint32_t flags, int file)
{
	struct dma_buf_import_sync_file use = { flags, file };

	CHECK(!ioctl(with.buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &use) && !close(file));
}

static bool has_come(int file)
{
	return polled(file, POLLIN) == POLLIN;
}

static bool has_come_now(int file)
{
	bool has = has_come(file);

	CHECK(!close(file));
	return has;
}

/* Who reads has to wait, who writes has to, and who does both. */
static void waits(bool reader, bool writer)
{
	CHECK(!polled(with.buffer, POLLIN) == reader && !polled(with.buffer, POLLOUT) == writer);
	CHECK(polled(with.buffer, POLLIN | POLLOUT) == ((reader ? 0 : POLLIN) | (writer ? 0 : POLLOUT)));
	CHECK(has_come_now(taken(READ)) != reader && has_come_now(taken(WRITE)) != writer && has_come_now(taken(READ | WRITE)) != writer);
}

static void signal_it(uint32_t fence)
{
	CHECK(!ioctl(with.fd, VGEM_SIGNAL, &(struct vgem_signal){ .fence = fence }));
}

static void each_use_keeps_those_waiting_whom_it_should(void)
{
	begin();
	waits(false, false);
	for (uint32_t write = 0; write < 2; write++) {
		uint32_t fence = attach(with.fd, with.handle, write ? VGEM_WRITE : 0);
		waits(write, true);
		signal_it(fence);
		waits(false, false);
	}
	for (uint32_t flags = READ; flags <= (READ | WRITE); flags++) {
		give(flags, fence_at(with.timeline, ++with.last));
		waits(flags & WRITE, true);
		move_on(with.timeline, 1);
		waits(false, false);
	}
	/* What never comes keeps nobody waiting. */
	give(WRITE, fence_at(with.timeline, ++with.last));
	waits(true, true);
	CHECK(!close(with.timeline));
	waits(false, false);
	struct dma_buf_export_sync_file none = { 0, -1 }, unknown = { 4, -1 };
	FAILS(ioctl(with.buffer, DMA_BUF_IOCTL_EXPORT_SYNC_FILE, &none), EINVAL);
	FAILS(ioctl(with.buffer, DMA_BUF_IOCTL_EXPORT_SYNC_FILE, &unknown), EINVAL);
	struct dma_buf_import_sync_file of_none = { READ | WRITE, -1 };
	FAILS(ioctl(with.buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &of_none), EINVAL);
}

/* What comes to a buffer later is none of its business. */
static void a_file_keeps_what_it_was_made_of(void)
{
	begin();
	int idle[] = { taken(READ), taken(WRITE) };
	uint32_t first = attach(with.fd, with.handle, 0), second = attach(with.fd, with.handle, 0);
	int read = taken(READ), both = taken(WRITE);
	uint32_t third = attach(with.fd, with.handle, 0);
	CHECK(has_come(idle[0]) && has_come(idle[1]) && has_come(read) && !has_come(both));
	signal_it(first);
	CHECK(!has_come(both));
	signal_it(second);
	CHECK(has_come(both) && status_of(both) == 1 && !has_come_now(taken(WRITE)));
	signal_it(third);

	uint32_t write = attach(with.fd, with.handle, VGEM_WRITE);
	int files[] = { taken(READ), taken(WRITE) };
	CHECK(!has_come(files[0]) && !has_come(files[1]) && has_come(idle[0]));
	signal_it(write);
	write = attach(with.fd, with.handle, VGEM_WRITE);
	CHECK(has_come(files[0]) && has_come(files[1]));
	waits(true, true);
	signal_it(write);
	waits(false, false);
}

static void many_read_and_one_writes(void)
{
	int readers[MANY], writer = -1;

	begin();
	for (int write = 0; write < 2; write++) {
		for (int i = 0; i < MANY; i++)
			give(READ, fence_at(readers[i] = open_timeline(), 1));
		if (write)
			give(WRITE, fence_at(writer = open_timeline(), 1));
		int read = taken(READ), all = taken(WRITE);
		struct sync_file_info info = { 0 };
		CHECK(!ioctl(all, SYNC_IOC_FILE_INFO, &info) && info.num_fences == (uint32_t)(MANY + write) && !info.status);
		for (int i = MANY - 1; i >= 0; i--) {
			waits(write, true);
			CHECK(has_come(read) == !write && !has_come(all));
			move_on(readers[i], 1);
		}
		waits(write, write);
		CHECK(has_come(all) == !write);
		if (write)
			move_on(writer, 1);
		waits(false, false);
		CHECK(has_come(read) && has_come(all));
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "each-use-keeps-those-waiting-whom-it-should", each_use_keeps_those_waiting_whom_it_should },
		{ "a-file-keeps-what-it-was-made-of", a_file_keeps_what_it_was_made_of },
		{ "many-read-and-one-writes", many_read_and_one_writes },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
