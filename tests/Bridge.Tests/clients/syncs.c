/* Sync files and syncobjs between processes, on a board that has syncobjs. */
#include <linux/sync_file.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include "card.h"

#define EXPORT_SYNC_FILE 1

/* Newer than some headers. */
struct wants_event {
	uint32_t handle, flags;
	uint64_t point;
	int32_t fd;
	uint32_t pad;
};
#define WANT_EVENT DRM_IOWR(0xcf, struct wants_event)

struct of_point {
	uint32_t handle, flags;
	int32_t fd;
	uint32_t pad;
	uint64_t point;
};
#define TIMELINE 2

static uint32_t make(int fd, uint32_t flags)
{
	struct drm_syncobj_create create = { .flags = flags };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_CREATE, &create));
	return create.handle;
}

static int export(int fd, uint32_t handle, uint32_t flags)
{
	struct drm_syncobj_handle made = { .handle = handle, .flags = flags, .fd = -1 };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_HANDLE_TO_FD, &made));
	return made.fd;
}

static uint32_t import(int fd, int syncobj)
{
	struct drm_syncobj_handle made = { .fd = syncobj };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &made));
	return made.handle;
}

static int wait_for(int fd, uint32_t handle, int64_t until)
{
	struct drm_syncobj_wait wait = { .handles = (uintptr_t)&handle, .count_handles = 1, .timeout_nsec = until,
		.flags = DRM_SYNCOBJ_WAIT_FLAGS_WAIT_FOR_SUBMIT };

	return ioctl(fd, DRM_IOCTL_SYNCOBJ_WAIT, &wait);
}

static int signal_it(int fd, uint32_t handle)
{
	struct drm_syncobj_array one = { .handles = (uintptr_t)&handle, .count_handles = 1 };

	return ioctl(fd, DRM_IOCTL_SYNCOBJ_SIGNAL, &one);
}

static void a_sync_file_is_one(void)
{
	int fd = open_card(0, O_RDWR), lowest = dup(fd), epoll = epoll_create1(0);
	uint32_t handle = make(fd, DRM_SYNCOBJ_CREATE_SIGNALED);
	struct sync_fence_info fence;
	struct sync_file_info info = { .num_fences = 1, .sync_fence_info = (uintptr_t)&fence };
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT };
	char bytes[8];

	close(lowest);
	int file = export(fd, handle, EXPORT_SYNC_FILE);
	CHECK(file == lowest && fcntl(file, F_GETFD) == FD_CLOEXEC && (fcntl(file, F_GETFL) & O_ACCMODE) == O_RDONLY);
	CHECK(polled(file, POLLIN | POLLOUT) == POLLIN);
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event) && epoll_wait(epoll, &event, 1, 0) == 1 && event.events == EPOLLIN);
	FAILS(read(file, bytes, sizeof bytes), EINVAL);
	FAILS(write(file, bytes, sizeof bytes), EBADF);
	FAILS(lseek(file, 0, SEEK_END), ESPIPE);
	FAILS(mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0) == MAP_FAILED ? -1 : 0, ENODEV);
	FAILS(ioctl(file, _IO('b', 0)), ENOTTY);
	FAILS(ioctl(file, _IO('>', 99)), ENOTTY);
	CHECK(!ioctl(file, SYNC_IOC_FILE_INFO, &info) && info.status == 1 && info.num_fences == 1 && fence.status == 1);
	struct sync_merge_data merge = { .name = "both", .fd2 = file };
	CHECK(!ioctl(file, SYNC_IOC_MERGE, &merge) && merge.fence > file && polled(merge.fence, POLLIN) == POLLIN);
	merge.fd2 = fd;
	FAILS(ioctl(file, SYNC_IOC_MERGE, &merge), ENOENT);
	/* A sync file becomes the fence of another's syncobj. */
	int other = open_card(0, O_RDWR);
	struct drm_syncobj_handle into = { .handle = make(other, 0), .flags = DRM_SYNCOBJ_FD_TO_HANDLE_FLAGS_IMPORT_SYNC_FILE, .fd = file };
	CHECK(!ioctl(other, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &into) && !wait_for(other, into.handle, 0));
}

/* Waits for what it is sent, and says that it has it; it opens its own card. */
static void waits(int from)
{
	int fd = open_card(0, O_RDWR), syncobj = receive_fd(from);
	uint32_t handle = import(fd, syncobj);

	CHECK(!close(syncobj));
	FAILS(wait_for(fd, handle, 0), ETIME);
	send_fd(from, fd);
	CHECK(!wait_for(fd, handle, INT64_MAX));
}

static void a_syncobj_wakes_another_process(void)
{
	int ends[2], epoll = epoll_create1(0), fd;
	struct epoll_event event = { .events = EPOLLIN };
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		close(ends[0]);
		waits(ends[1]);
		exit(0);
	}
	close(ends[1]);
	fd = open_card(0, O_RDWR);
	uint32_t handle = make(fd, 0);
	int syncobj = export(fd, handle, 0);
	CHECK(fcntl(syncobj, F_GETFD) == FD_CLOEXEC);
	FAILS(epoll_ctl(epoll, EPOLL_CTL_ADD, syncobj, &event), EPERM);
	FAILS(ioctl(syncobj, _IO('b', 0)), ENOTTY);
	send_fd(ends[0], syncobj);
	close(syncobj);
	close(receive_fd(ends[0]));
	CHECK(!signal_it(fd, handle));
	join(child);
}

static void an_eventfd_counts(void)
{
	int fd = open_card(0, O_RDWR), counter = eventfd(0, 0), ends[2];
	struct wants_event want = { .handle = make(fd, 0), .fd = counter };
	uint64_t count = 0;

	CHECK(!ioctl(fd, WANT_EVENT, &want) && !ioctl(fd, WANT_EVENT, &want));
	CHECK(!polled(counter, POLLIN));
	CHECK(!signal_it(fd, want.handle));
	CHECK(read(counter, &count, sizeof count) == sizeof count && count > 0);
	if (count == 1)
		CHECK(read(counter, &count, sizeof count) == sizeof count && count == 1);
	/* The program's own is closed: there is nobody to hear it. */
	struct wants_event lost = { .handle = make(fd, 0), .fd = dup(counter) };
	CHECK(!ioctl(fd, WANT_EVENT, &lost) && !close(lost.fd) && !close(counter));
	CHECK(!signal_it(fd, lost.handle));
	CHECK(!pipe(ends));
	want.fd = ends[1];
	FAILS(ioctl(fd, WANT_EVENT, &want), EINVAL);
	want.fd = -1;
	FAILS(ioctl(fd, WANT_EVENT, &want), EBADF);
	want.fd = 99;
	FAILS(ioctl(fd, WANT_EVENT, &want), EBADF);
}

/* What it would not take without a wait, it is not told: nobody waits. */
static void a_full_eventfd_keeps_nobody_waiting(void)
{
	int fd = open_card(0, O_RDWR), counter = eventfd(0, 0);
	struct wants_event want = { .handle = make(fd, 0), .fd = counter };
	uint64_t most = UINT64_MAX - 1, count = 0;

	CHECK(write(counter, &most, sizeof most) == sizeof most);
	CHECK(!ioctl(fd, WANT_EVENT, &want) && !signal_it(fd, want.handle));
	CHECK(works(fd) && !wait_for(fd, want.handle, 0));
	CHECK(read(counter, &count, sizeof count) == sizeof count && count == most && !polled(counter, POLLIN));
}

static void an_eventfd_outlives_who_asked(void)
{
	int counter = eventfd(0, 0), ends[2];
	uint64_t count = 0;
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		int fd = open_card(0, O_RDWR);
		struct wants_event want = { .handle = make(fd, 0), .fd = counter };
		CHECK(!ioctl(fd, WANT_EVENT, &want));
		send_fd(ends[1], export(fd, want.handle, 0));
		pause();
	}
	int fd = open_card(0, O_RDWR);
	uint32_t handle = import(fd, receive_fd(ends[0]));
	CHECK(!kill(child, SIGKILL) && waitpid(child, NULL, 0) == child && !polled(counter, POLLIN));
	CHECK(!signal_it(fd, handle) && read(counter, &count, sizeof count) == sizeof count && count == 1);
}

static void a_point_is_a_sync_file_and_back(void)
{
	int fd = open_card(0, O_RDWR);
	uint32_t from = make(fd, DRM_SYNCOBJ_CREATE_SIGNALED), to = make(fd, 0);
	uint64_t point = 0;
	struct of_point it = { .handle = to, .flags = EXPORT_SYNC_FILE | TIMELINE, .fd = export(fd, from, EXPORT_SYNC_FILE), .point = 5 };

	CHECK(!ioctl(fd, DRM_IOWR(0xc2, struct of_point), &it) && it.handle == to && it.point == 5);
	struct drm_syncobj_timeline_array query = { .handles = (uintptr_t)&to, .points = (uintptr_t)&point, .count_handles = 1 };
	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_QUERY, &query) && point == 5);
	it.point = 6;
	FAILS(ioctl(fd, DRM_IOWR(0xc1, struct of_point), &it), EINVAL);
	it.point = 2;
	CHECK(!ioctl(fd, DRM_IOWR(0xc1, struct of_point), &it) && polled(it.fd, POLLIN) == POLLIN);
	it.flags = TIMELINE;
	FAILS(ioctl(fd, DRM_IOWR(0xc1, struct of_point), &it), EINVAL);
	FAILS(ioctl(fd, DRM_IOWR(0xc2, struct of_point), &it), EINVAL);
	/* Nobody asks for it. */
	it.flags = 0;
	CHECK(!ioctl(fd, DRM_IOWR(0xc1, struct of_point), &it) && fcntl(it.fd, F_GETFD) == FD_CLOEXEC);
}

/* The number of a call says how much of its argument there is. */
static void an_argument_has_any_size(void)
{
	int fd = open_card(0, O_RDWR), lowest = dup(fd);
	uint32_t handle = make(fd, 0);
	union { struct of_point it; char bytes[64]; } given;

	close(lowest);
	for (unsigned size = 8; size <= sizeof given; size++) {
		memset(&given, 0x5a, sizeof given);
		given.it = (struct of_point){ .handle = handle, .fd = -1, .point = 0x5a5a5a5a5a5a5a5a };
		CHECK(!ioctl(fd, _IOC(_IOC_READ | _IOC_WRITE, 'd', 0xc1, size), &given));
		/* What does not come back is as it was; what has no place to be told is not there. */
		CHECK(size < 12 ? given.it.fd == -1 : given.it.fd == lowest && !close(lowest));
		CHECK(dup(fd) == lowest && !close(lowest));
		for (unsigned i = 16; i < sizeof given; i++)
			CHECK(given.bytes[i] == 0x5a);
	}
}

static void what_is_none_is_refused(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_syncobj_handle made = { .fd = -1 };
	int others[] = { fd, epoll_create1(0), open("/dev/null", O_RDONLY), export(fd, make(fd, DRM_SYNCOBJ_CREATE_SIGNALED), EXPORT_SYNC_FILE) };

	for (unsigned i = 0; i < sizeof others / sizeof *others; i++) {
		made.fd = others[i];
		FAILS(ioctl(fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &made), EINVAL);
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "a-sync-file-is-one", a_sync_file_is_one },
		{ "a-syncobj-wakes-another-process", a_syncobj_wakes_another_process },
		{ "an-eventfd-counts", an_eventfd_counts },
		{ "a-full-eventfd-keeps-nobody-waiting", a_full_eventfd_keeps_nobody_waiting },
		{ "an-eventfd-outlives-who-asked", an_eventfd_outlives_who_asked },
		{ "a-point-is-a-sync-file-and-back", a_point_is_a_sync_file_and_back },
		{ "an-argument-has-any-size", an_argument_has_any_size },
		{ "what-is-none-is-refused", what_is_none_is_refused },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
