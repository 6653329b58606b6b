/* Descriptors of a board that has gone. */
#include "naming.h"

/* Until the board of the first card is gone. */
static void wait_for_the_end(void)
{
	char line[8];

	puts("ready");
	fflush(stdout);
	CHECK(fgets(line, sizeof line, stdin));
}

static void a_board_that_went_leaves_descriptors(void)
{
	int gone = open_card(0, O_RDWR), fd = open_card(1, O_RDWR);
	struct drm_mode_create_dumb dumb = create(gone, 64, 64);
	uint32_t handle = make_syncobj(gone);
	int buffer = export(gone, dumb.handle), syncobj = export_syncobj(gone, handle);
	struct dma_buf_export_sync_file used = { .flags = DMA_BUF_SYNC_RW };
	struct dma_buf_sync sync = { DMA_BUF_SYNC_RW };

	CHECK(!ioctl(buffer, DMA_BUF_IOCTL_EXPORT_SYNC_FILE, &used));
	begin(fd, fd);
	wait_for_the_end();
	/* The card has no calls any more, whatever they name. */
	with.fd = gone;
	for (unsigned i = 0; i < CALLS; i++)
		if (calls[i].make == import || calls[i].make == import_syncobj || calls[i].make == import_fence || calls[i].make == count_at) {
			FAILS(calls[i].make(buffer), ENODEV);
			FAILS(calls[i].make(-1), ENODEV);
		}
	with.fd = fd;
	FAILS(import_syncobj(buffer), EINVAL);
	FAILS(import(syncobj), EINVAL);
	FAILS(import(gone), EINVAL);
	FAILS(reserve(buffer), EINVAL);
	FAILS(merge(gone), ENOENT);
	/* What is no card's has not gone. */
	CHECK(!import(buffer) && !ioctl(buffer, DMA_BUF_IOCTL_SYNC, &sync) && lseek(buffer, 0, SEEK_END) == (off_t)dumb.size);
	CHECK(polled(buffer, POLLIN | POLLOUT) == (POLLIN | POLLOUT));
	CHECK(status_of(used.fd) == 1 && !merge(used.fd) && !reserve(used.fd) && !import_fence(used.fd) && !import_syncobj(syncobj));
	char *pixels = mmap(NULL, dumb.size, PROT_READ | PROT_WRITE, MAP_SHARED, buffer, 0);
	CHECK(pixels != MAP_FAILED && !pixels[0]);
}

int main(int argc, char **argv)
{
	static const struct scenario scenarios[] = {
		{ "a-board-that-went-leaves-descriptors", a_board_that_went_leaves_descriptors },
		{ 0 },
	};

	return run_scenario(scenarios, argc, argv);
}
