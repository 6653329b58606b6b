/* Descriptors that are not what a call wants, whichever call that is. */
#define _GNU_SOURCE
#include <dirent.h>
#include <limits.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include "naming.h"

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
	for (unsigned i = 0; i < CALLS; i++)
		try_all(&calls[i], false);
	CHECK(how_many_are_open() == before);
	/* More than a descriptor has bits. */
	FAILS(commit_after(1ull << 32 | (unsigned)with.fence, DRM_MODE_ATOMIC_NONBLOCK), EINVAL);
	FAILS(commit_after(0xffffffffull, DRM_MODE_ATOMIC_NONBLOCK), EINVAL);
	for (unsigned i = 0; i < CALLS; i++)
		try_all(&calls[i], true);
}

static void what_was_refused_is_given_back(void)
{
	int fd = open_card(0, O_RDWR), other = open_card(1, O_RDWR), ends[2], pair[2];

	begin(fd, other);
	for (unsigned i = 0; i < CALLS; i++) {
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

int main(int argc, char **argv)
{
	static const struct scenario scenarios[] = {
		{ "every-call-knows-what-it-wants", every_call_knows_what_it_wants },
		{ "what-was-refused-is-given-back", what_was_refused_is_given_back },
		{ "a-call-is-about-its-own-kind", a_call_is_about_its_own_kind },
		{ 0 },
	};

	return run_scenario(scenarios, argc, argv);
}
