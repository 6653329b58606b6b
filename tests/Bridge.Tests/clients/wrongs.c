/* Descriptors that are not what a call wants, whichever call that is. */
#define _GNU_SOURCE
#include <dirent.h>
#include <limits.h>
#include <linux/dma-buf.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include "atomic.h"
#include "timeline.h"

/* Newer than some headers. */
struct wants_event {
	uint32_t handle, flags;
	uint64_t point;
	int32_t fd;
	uint32_t pad;
};
#define WANT_EVENT DRM_IOWR(0xcf, struct wants_event)

enum kind { CLOSED, FOREIGN, EVENT, BUFFER, FENCE, SYNCOBJ };
#define MOST 64

struct one {
	int fd;
	enum kind kind;
};

static struct one all[MOST];
static unsigned count, epoll, timeline;

static int keep(int fd, enum kind kind)
{
	CHECK(count < MOST && (kind == CLOSED || fd >= 0));
	all[count++] = (struct one){ fd, kind };
	return fd;
}

static int export(int fd, uint32_t handle)
{
	struct drm_prime_handle prime = { .handle = handle, .flags = DRM_CLOEXEC | DRM_RDWR };

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	return prime.fd;
}

static uint32_t make_syncobj(int fd)
{
	struct drm_syncobj_create create = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_CREATE, &create));
	return create.handle;
}

static int export_syncobj(int fd, uint32_t handle)
{
	struct drm_syncobj_handle made = { .handle = handle, .fd = -1 };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_HANDLE_TO_FD, &made));
	return made.fd;
}

static void keep_closed(void)
{
	static const int numbers[] = { -1, -2, INT_MIN, INT_MAX, 1 << 20, 900 };

	for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
		keep(numbers[i], CLOSED);
	/* To name a file is not to have it open. */
	keep(open("/proc/self/exe", O_PATH), CLOSED);
}

/* Pipes that are marked like the daemon's, and a socket that is named like its own. */
static void keep_disguised(void)
{
	struct { unsigned short family; char name[32]; } address = { AF_UNIX, "\0drm-actors/c/0/0123456789abcdef" };
	int ends[2];

	for (int mark = 50; mark < 55; mark++) {
		CHECK(!pipe(ends));
		CHECK(!fcntl(keep(ends[mark & 1], FOREIGN), F_SETSIG, mark));
	}
	socket_pair(ends);
	CHECK(!bind(keep(ends[0], FOREIGN), (struct sockaddr *)&address, sizeof address));
}

static void keep_foreign(int fd, int other)
{
	int ends[2];

	CHECK(!pipe(ends));
	keep(ends[0], FOREIGN);
	keep(ends[1], FOREIGN);
	socket_pair(ends);
	keep(ends[0], FOREIGN);
	keep(open("/proc/self/exe", O_RDONLY), FOREIGN);
	keep(open("/", O_RDONLY | O_DIRECTORY), FOREIGN);
	keep(open("/dev/null", O_RDWR), FOREIGN);
	keep(open("/sys/class/drm/version", O_RDONLY), FOREIGN);
	keep(memfd_create("dma-buf", MFD_CLOEXEC), FOREIGN);
	epoll = count;
	keep(epoll_create1(0), FOREIGN);
	keep(timerfd_create(CLOCK_MONOTONIC, 0), FOREIGN);
	keep(fd, FOREIGN);
	keep(other, FOREIGN);
	timeline = count;
	keep(open_timeline(), FOREIGN);
	keep_disguised();
}

static void keep_all(int fd, int other)
{
	struct drm_mode_create_dumb dumb = create(other, 64, 64);

	keep_closed();
	keep_foreign(fd, other);
	keep(eventfd(0, EFD_NONBLOCK), EVENT);
	keep(eventfd(0, EFD_SEMAPHORE), EVENT);
	keep(export(other, dumb.handle), BUFFER);
	keep(fence_at(open_timeline(), 1), FENCE);
	keep(export_syncobj(other, make_syncobj(other)), SYNCOBJ);
}

static unsigned how_many_are_open(void)
{
	DIR *folder = opendir("/proc/self/fd");
	unsigned open = 0;

	CHECK(folder);
	while (readdir(folder))
		open++;
	closedir(folder);
	return open;
}

/* What the calls work on. */
static struct {
	int fd, buffer, fence;
	uint32_t syncobj, plane, framebuffer;
} with;

static int import(int fd)
{
	return ioctl(with.fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &(struct drm_prime_handle){ .fd = fd });
}

static int reserve(int fd)
{
	return ioctl(with.buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &(struct dma_buf_import_sync_file){ DMA_BUF_SYNC_RW, fd });
}

static int merge(int fd)
{
	return ioctl(with.fence, SYNC_IOC_MERGE, &(struct sync_merge_data){ .name = "both", .fd2 = fd });
}

static int import_syncobj(int fd)
{
	return ioctl(with.fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &(struct drm_syncobj_handle){ .fd = fd });
}

static int import_fence(int fd)
{
	struct drm_syncobj_handle into = { .handle = with.syncobj, .flags = DRM_SYNCOBJ_FD_TO_HANDLE_FLAGS_IMPORT_SYNC_FILE, .fd = fd };

	return ioctl(with.fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &into);
}

static int count_at(int fd)
{
	return ioctl(with.fd, WANT_EVENT, &(struct wants_event){ .handle = with.syncobj, .fd = fd });
}

static int commit_after(uint64_t fence, uint32_t flags)
{
	struct commit commit = { 0 };

	put(with.fd, &commit, with.plane, "FB_ID", with.framebuffer);
	put(with.fd, &commit, with.plane, "IN_FENCE_FD", fence);
	return do_commit(with.fd, &commit, flags, 0);
}

/* -1 is no fence. */
static int commit(int fd)
{
	return fd == -1 ? (errno = EINVAL, -1) : commit_after((uint64_t)(int64_t)fd, DRM_MODE_ATOMIC_NONBLOCK);
}

static int test(int fd)
{
	return fd == -1 ? (errno = EINVAL, -1) : commit_after((uint64_t)(int64_t)fd, DRM_MODE_ATOMIC_TEST_ONLY);
}

static const struct call {
	const char *name;
	int (*make)(int fd);
	enum kind wants;
	int closed, wrong;
} calls[] = {
	{ "PRIME_FD_TO_HANDLE", import, BUFFER, EBADF, EINVAL },
	{ "IMPORT_SYNC_FILE", reserve, FENCE, EINVAL, EINVAL },
	{ "MERGE", merge, FENCE, ENOENT, ENOENT },
	{ "SYNCOBJ_FD_TO_HANDLE", import_syncobj, SYNCOBJ, EINVAL, EINVAL },
	{ "SYNCOBJ_FD_TO_HANDLE of a sync file", import_fence, FENCE, EINVAL, EINVAL },
	{ "SYNCOBJ_EVENTFD", count_at, EVENT, EBADF, EINVAL },
	{ "IN_FENCE_FD", commit, FENCE, EINVAL, EINVAL },
	{ "IN_FENCE_FD of a test", test, FENCE, EINVAL, EINVAL },
};

static void begin(int fd, int other)
{
	with.fd = fd;
	with.buffer = export(other, create(other, 64, 64).handle);
	with.fence = fence_at(open_timeline(), 1);
	with.syncobj = make_syncobj(fd);
	CHECK(!ioctl(fd, DRM_IOCTL_SET_CLIENT_CAP, &(struct drm_set_client_cap){ DRM_CLIENT_CAP_ATOMIC, 1 }));
	with.framebuffer = light(fd).framebuffer;
	with.plane = plane_of(fd, with.framebuffer);
}

static void try_all(const struct call *call, bool wanted)
{
	for (unsigned i = 0; i < count; i++) {
		int error = all[i].kind == call->wants ? 0 : all[i].kind == CLOSED ? call->closed : call->wrong;
		if (!error != wanted)
			continue;
		errno = 0;
		int r = call->make(all[i].fd);
		if (wanted ? r : r != -1 || errno != error) {
			fprintf(stderr, "%s of number %u (%d): %d, %s instead of %s\n", call->name, i, all[i].fd, r, strerror(errno), strerror(error));
			exit(1);
		}
	}
}

static void every_call_knows_what_it_wants(void)
{
	int fd = open_card(0, O_RDWR), other = open_card(1, O_RDWR);
	unsigned before;

	begin(fd, other);
	keep_all(fd, other);
	before = how_many_are_open();
	for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++)
		try_all(&calls[i], false);
	CHECK(how_many_are_open() == before);
	/* More than a descriptor has bits. */
	FAILS(commit_after(1ull << 32 | (unsigned)with.fence, DRM_MODE_ATOMIC_NONBLOCK), EINVAL);
	FAILS(commit_after(0xffffffffull, DRM_MODE_ATOMIC_NONBLOCK), EINVAL);
	for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++)
		try_all(&calls[i], true);
}

static void what_was_refused_is_given_back(void)
{
	int fd = open_card(0, O_RDWR), other = open_card(1, O_RDWR), ends[2], pair[2];

	begin(fd, other);
	for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
		CHECK(!pipe(ends));
		socket_pair(pair);
		CHECK(calls[i].make(ends[1]) == -1 && calls[i].make(pair[1]) == -1);
		CHECK(!close(ends[1]) && !close(pair[1]));
		CHECK(polled(ends[0], POLLIN) == POLLHUP && polled(pair[0], 0) & POLLHUP);
		CHECK(!close(ends[0]) && !close(pair[0]));
	}
}

static void a_call_is_about_its_own_kind(void)
{
	int fd = open_card(0, O_RDWR), other = open_card(1, O_RDWR);
	struct dma_buf_sync sync = { DMA_BUF_SYNC_RW };
	struct sync_file_info info = { 0 };
	uint32_t by = 0;

	begin(fd, other);
	keep_all(fd, other);
	for (unsigned i = 0; i < count; i++) {
		int it = all[i].fd, error = all[i].kind == CLOSED ? EBADF : ENOTTY;
		/* EINVAL since 6.9. */
		if (i == epoll && ioctl(it, _IO('W', 99)))
			error = errno;
		if (all[i].kind != BUFFER) {
			FAILS(ioctl(it, DMA_BUF_IOCTL_SYNC, &sync), error);
			FAILS(ioctl(it, DMA_BUF_SET_NAME_B, (uintptr_t)"window"), error);
		}
		if (all[i].kind != FENCE)
			FAILS(ioctl(it, SYNC_IOC_FILE_INFO, &info), error);
		if (i != timeline)
			FAILS(ioctl(it, _IOW('W', 1, uint32_t), &by), error);
	}
}

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
	for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++)
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
		{ "every-call-knows-what-it-wants", every_call_knows_what_it_wants },
		{ "what-was-refused-is-given-back", what_was_refused_is_given_back },
		{ "a-call-is-about-its-own-kind", a_call_is_about_its_own_kind },
		{ "a-board-that-went-leaves-descriptors", a_board_that_went_leaves_descriptors },
		{ 0 },
	};

	return run_scenario(scenarios, argc, argv);
}
