/* Timelines that are moved on by hand, and what waits for their points: other processes, and who looks at a dma-buf. */
#define _GNU_SOURCE
#include <linux/dma-buf.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include "timeline.h"

static void a_timeline_moves_on(void)
{
	int timeline = open_timeline(), first = fence_at(timeline, 1), second = fence_at(timeline, 2), third = fence_at(timeline, 3);
	struct epoll_event event = { .events = EPOLLIN };

	/* What it comes to is polled, and not the timeline itself. */
	CHECK(polled(timeline, POLLIN | POLLOUT) == (POLLIN | POLLOUT));
	FAILS(epoll_ctl(epoll_create1(EPOLL_CLOEXEC), EPOLL_CTL_ADD, timeline, &event), EPERM);
	FAILS(epoll_ctl(epoll_create1(EPOLL_CLOEXEC), EPOLL_CTL_DEL, timeline, &event), EPERM);
	CHECK(!polled(first, POLLIN) && !polled(second, POLLIN) && !status_of(second));
	move_on(timeline, 1);
	CHECK(polled(first, POLLIN) == POLLIN && status_of(first) == 1 && !polled(second, POLLIN));
	struct sync_merge_data merge = { .name = "last", .fd2 = third };
	CHECK(!ioctl(second, SYNC_IOC_MERGE, &merge));
	move_on(timeline, 1);
	CHECK(polled(second, POLLIN) == POLLIN && !polled(merge.fence, POLLIN));
	/* What has not come never will. */
	CHECK(!close(timeline));
	CHECK(status_of(third) == -ENOENT && polled(third, POLLIN) == POLLIN && polled(merge.fence, POLLIN) == POLLIN);
}

static bool looks_over(int file, int epoll, int how)
{
	struct epoll_event event;
	struct pollfd one = { file, POLLIN, 0 };
	struct timespec now = { 0, 0 };
	struct timeval soon = { 0, 0 };
	fd_set reads;

	FD_ZERO(&reads);
	FD_SET(file, &reads);
	return how == 0 ? poll(&one, 1, 0) : how == 1 ? ppoll(&one, 1, &now, NULL) : how == 2 ? select(file + 1, &reads, NULL, NULL, &soon)
		: how == 3 ? pselect(file + 1, &reads, NULL, NULL, &now, NULL) : how == 4 ? epoll_wait(epoll, &event, 1, 0) : polled(epoll, POLLIN);
}

/* Whoever closes its timeline, or dies with it, and however that is looked at. */
static void a_fence_is_over_when_its_timeline_is_gone(void)
{
	int buffer = export_buffer(open_card(0, O_RDWR));
	pid_t child;

	for (int round = 0; round < 24; round++) {
		struct epoll_event event = { .events = EPOLLIN };
		int timeline = open_timeline(), fence = fence_at(timeline, 1), epoll = epoll_create1(EPOLL_CLOEXEC), file = round & 1 ? buffer : fence;
		struct dma_buf_import_sync_file import = { DMA_BUF_SYNC_WRITE, fence };
		CHECK(!ioctl(buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &import) && !epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event));
		CHECK(!looks_over(file, epoll, round / 2 % 6));
		if (round >= 12 && !(child = fork()))
			pause();
		CHECK(!close(timeline));
		if (round >= 12) {
			CHECK(!looks_over(file, epoll, round / 2 % 6));
			CHECK(!kill(child, SIGKILL) && waitpid(child, NULL, 0) == child);
		}
		CHECK(looks_over(file, epoll, round / 2 % 6));
		CHECK(!close(fence) && !close(epoll));
	}
}

static const char *info(void)
{
	static char text[4096];
	int fd = open("/sys/kernel/debug/sync/info", O_RDONLY);
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);

	CHECK(length > 0 && !close(fd));
	text[length] = 0;
	return text;
}

static bool tells(const char *text, const char *what)
{
	bool does = strstr(text, what) != NULL;

	if (!does)
		fprintf(stderr, "no \"%s\" in:\n%s", what, text);
	return does;
}

static void debugfs_tells_of_fences(void)
{
	CHECK(!strcmp(info(), "objs:\n--------------\nfences:\n--------------\n"));
	int timeline = open_timeline(), other = open_timeline(), first = fence_at(timeline, 3), late = fence_at(other, 5);
	struct sync_merge_data merge = { .name = "both", .fd2 = late };
	CHECK(!ioctl(first, SYNC_IOC_MERGE, &merge));
	move_on(other, 2);
	CHECK(tells(info(), "timelines: 0\n  fence active: 3 / 0\n\n") && tells(info(), "timelines: 2\n  fence active: 5 / 2\n\n"));
	CHECK(tells(info(), "] both: active\n  timelines_fence active: 3 / 0\n  timelines_fence active: 5 / 2\n\n"));
	move_on(timeline, 3);
	CHECK(tells(info(), "timelines: 3\n\n") && tells(info(), "_fence signaled@") && tells(info(), ": 3 / 3\n  timelines_fence active: 5 / 2\n"));
	CHECK(!close(other) && tells(info(), "] both: error\n"));
	CHECK(!close(timeline) && !close(first) && !close(late) && !close(merge.fence));
}

static void a_fence_wakes_another_process(void)
{
	int ends[2], timeline, epoll;
	struct epoll_event event = { .events = EPOLLIN };
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		int fence = receive_fd(ends[1]);
		epoll = epoll_create1(0);
		CHECK(!epoll_ctl(epoll, EPOLL_CTL_ADD, fence, &event) && !epoll_wait(epoll, &event, 1, 0));
		send_fd(ends[1], epoll);
		CHECK(epoll_wait(epoll, &event, 1, -1) == 1 && event.events == EPOLLIN && status_of(fence) == 1);
		exit(0);
	}
	timeline = open_timeline();
	int fence = fence_at(timeline, 1);
	send_fd(ends[0], fence);
	close(fence);
	receive_fd(ends[0]);
	move_on(timeline, 1);
	join(child);
}

static void use(int buffer, int fence, uint32_t flags)
{
	struct dma_buf_import_sync_file import = { flags, fence };

	CHECK(!ioctl(buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &import));
	close(fence);
}

static int selected(int fd, bool wait)
{
	fd_set reads, writes;
	struct timeval now = { 0, 0 };

	FD_ZERO(&reads);
	FD_SET(fd, &reads);
	writes = reads;
	CHECK(select(fd + 1, &reads, &writes, NULL, wait ? NULL : &now) >= 0);
	return (FD_ISSET(fd, &reads) ? POLLIN : 0) | (FD_ISSET(fd, &writes) ? POLLOUT : 0);
}

static void a_written_buffer_polls_neither(void)
{
	int fd = open_card(0, O_RDWR), timeline = open_timeline();
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };
	struct pollfd one;
	pid_t child;

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	use(prime.fd, fence_at(timeline, 1), DMA_BUF_SYNC_WRITE);
	use(prime.fd, fence_at(timeline, 2), DMA_BUF_SYNC_READ);
	CHECK(!polled(prime.fd, POLLIN | POLLOUT) && !polled(prime.fd, POLLOUT) && !selected(prime.fd, false));
	move_on(timeline, 1);
	CHECK(polled(prime.fd, POLLIN | POLLOUT) == POLLIN && !polled(prime.fd, POLLOUT) && selected(prime.fd, false) == POLLIN);
	move_on(timeline, 1);
	CHECK(polled(prime.fd, POLLIN | POLLOUT) == (POLLIN | POLLOUT) && selected(prime.fd, false) == (POLLIN | POLLOUT));
	/* Who waits until it can be written waits for both. */
	use(prime.fd, fence_at(timeline, 3), DMA_BUF_SYNC_WRITE);
	use(prime.fd, fence_at(timeline, 4), DMA_BUF_SYNC_READ);
	one = (struct pollfd){ prime.fd, POLLOUT, 0 };
	CHECK(!poll(&one, 1, 10));
	if (!(child = fork())) {
		move_on(timeline, 1);
		move_on(timeline, 1);
		exit(0);
	}
	CHECK(poll(&one, 1, -1) == 1 && one.revents == POLLOUT && one.events == POLLOUT);
	join(child);
	struct dma_buf_export_sync_file last = { .flags = DMA_BUF_SYNC_RW };
	CHECK(!ioctl(prime.fd, DMA_BUF_IOCTL_EXPORT_SYNC_FILE, &last) && polled(last.fd, POLLIN) == POLLIN);
}

static void woken(int number)
{
	(void)number;
}

static void who_waits_for_a_buffer_can_be_interrupted(void)
{
	int fd = open_card(0, O_RDWR), timeline = open_timeline();
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };
	struct dma_buf_sync sync = { DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ };
	struct sigaction action = { .sa_handler = woken };
	pid_t child;

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	use(prime.fd, fence_at(timeline, 1), DMA_BUF_SYNC_WRITE);
	CHECK(!sigaction(SIGUSR1, &action, NULL));
	if (!(child = fork())) {
		/* Until it is heard, whenever the call begins. */
		for (;; usleep(10000))
			kill(getppid(), SIGUSR1);
	}
	FAILS(ioctl(prime.fd, DMA_BUF_IOCTL_SYNC, &sync), EINTR);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	move_on(timeline, 1);
	CHECK(!ioctl(prime.fd, DMA_BUF_IOCTL_SYNC, &sync));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "a-timeline-moves-on", a_timeline_moves_on },
		{ "a-fence-is-over-when-its-timeline-is-gone", a_fence_is_over_when_its_timeline_is_gone },
		{ "debugfs-tells-of-fences", debugfs_tells_of_fences },
		{ "a-fence-wakes-another-process", a_fence_wakes_another_process },
		{ "a-written-buffer-polls-neither", a_written_buffer_polls_neither },
		{ "who-waits-for-a-buffer-can-be-interrupted", who_waits_for_a_buffer_can_be_interrupted },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
