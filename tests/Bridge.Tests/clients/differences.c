/* What is not as a kernel would have it, each as docs/bridge.md says. */
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <linux/netlink.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include "timeline.h"

#define STATUS "/sys/class/drm/card0-HDMI-A-1/status"

/* A system call that no library sees. */
static long bare(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
	return result;
}

static void bare_system_calls_see_a_socket(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_get_cap cap = { .capability = DRM_CAP_DUMB_BUFFER };
	struct stat known, bare_known;

	CHECK(bare(SYS_ioctl, fd, DRM_IOCTL_GET_CAP, (long)&cap) == -ENOTTY);
	CHECK(!fstat(fd, &known) && S_ISCHR(known.st_mode));
	CHECK(!bare(SYS_fstat, fd, (long)&bare_known, 0) && S_ISSOCK(bare_known.st_mode));
	CHECK(works(fd));
}

static void others_see_what_carries_it(void)
{
	int fd = open_card(0, O_RDWR), facts;
	char path[60], text[512] = "";
	pid_t parent = getpid(), child = fork();

	if (!child) {
		sprintf(path, "/proc/%d/fd/%d", parent, fd);
		CHECK(readlink(path, text, sizeof text - 1) > 0 && !strncmp(text, "socket:", 7));
		sprintf(path, "/proc/%d/fdinfo/%d", parent, fd);
		CHECK((facts = open(path, O_RDONLY)) >= 0 && read(facts, text, sizeof text - 1) > 0 && !strstr(text, "drm-driver"));
		exit(0);
	}
	join(child);
}

static void edges_are_edges(void)
{
	int buffer = export_buffer(open_card(0, O_RDWR)), epoll = epoll_create1(0);
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET };

	CHECK(!epoll_ctl(epoll, EPOLL_CTL_ADD, buffer, &event));
	CHECK(epoll_wait(epoll, &event, 1, 0) == 1 && event.events == (EPOLLIN | EPOLLOUT) && !epoll_wait(epoll, &event, 1, 0));
}

static void epolls_tell_of_no_overrun(void)
{
	struct sockaddr_nl own = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT), epoll = epoll_create1(0), again = open("/sys/class/drm/card0/uevent", O_WRONLY);
	struct pollfd polled = { fd, 0, 0 };
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT };

	CHECK(fd >= 0 && again >= 0 && !bind(fd, (struct sockaddr *)&own, sizeof own) && !epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
	while (!poll(&polled, 1, 0))
		CHECK(write(again, "change", 6) == 6);
	CHECK(polled.revents == POLLERR && epoll_wait(epoll, &event, 1, 0) == 1 && event.events == (EPOLLIN | EPOLLOUT));
}

static void maps_name_the_memory(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	char line[512], start[32];
	FILE *maps = fopen("/proc/self/maps", "r");

	sprintf(start, "%lx-", (unsigned long)map(fd, &dumb));
	while (fgets(line, sizeof line, maps))
		if (!strncmp(line, start, strlen(start))) {
			CHECK(strstr(line, "drm-gem"));
			return;
		}
	CHECK(!"the mapping is listed");
}

static void an_open_file_stays_as_it_was(void)
{
	char text[32] = "";
	int reads = open(STATUS, O_RDONLY), writes = open(STATUS, O_WRONLY);

	CHECK(reads >= 0 && writes >= 0);
	CHECK(read(reads, text, sizeof text) > 0 && !strncmp(text, "connected", 9));
	CHECK(write(writes, "off", 3) == 3);
	CHECK(!lseek(reads, 0, SEEK_SET) && read(reads, text, sizeof text) > 0 && !strncmp(text, "connected", 9));
	CHECK((reads = open(STATUS, O_RDONLY)) >= 0 && read(reads, text, sizeof text) > 0 && !strncmp(text, "disconnected", 12));
}

static void streams_do_not_hear_of_refusals(void)
{
	FILE *stream = fopen(STATUS, "w");
	int fd = open(STATUS, O_WRONLY);

	CHECK(stream && fputs("maybe", stream) >= 0 && !fclose(stream));
	FAILS(write(fd, "maybe", 5), EINVAL);
}

static void a_call_carries_so_much(void)
{
	static char bytes[120 << 10];
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_blob blob = { .data = (uintptr_t)bytes, .length = 100 << 10 };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_CREATEPROPBLOB, &blob));
	blob.length = sizeof bytes;
	FAILS(ioctl(fd, DRM_IOCTL_MODE_CREATEPROPBLOB, &blob), EFAULT);
}

static void ring(int signal) { (void)signal; }

static void handlers_of_both_kinds_start_nothing_again(void)
{
	int fd = open_card(0, O_RDWR), timeline = open_timeline();
	struct drm_prime_handle prime = { .handle = create(fd, 64, 64).handle, .flags = DRM_RDWR };
	struct itimerval soon = { { 0, 20000 }, { 0, 20000 } }, never = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	CHECK(!ioctl(prime.fd, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &(struct dma_buf_import_sync_file){ DMA_BUF_SYNC_WRITE, fence_at(timeline, 1) }));
	CHECK(!sigaction(SIGALRM, &(struct sigaction){ .sa_handler = ring, .sa_flags = SA_RESTART }, NULL));
	CHECK(!sigaction(SIGUSR1, &(struct sigaction){ .sa_handler = ring }, NULL));
	CHECK(!setitimer(ITIMER_REAL, &soon, NULL));
	FAILS(ioctl(prime.fd, DMA_BUF_IOCTL_SYNC, &(struct dma_buf_sync){ DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ }), EINTR);
	CHECK(!setitimer(ITIMER_REAL, &never, NULL));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "bare-system-calls-see-a-socket", bare_system_calls_see_a_socket },
		{ "others-see-what-carries-it", others_see_what_carries_it },
		{ "edges-are-edges", edges_are_edges },
		{ "epolls-tell-of-no-overrun", epolls_tell_of_no_overrun },
		{ "maps-name-the-memory", maps_name_the_memory },
		{ "an-open-file-stays-as-it-was", an_open_file_stays_as_it_was },
		{ "streams-do-not-hear-of-refusals", streams_do_not_hear_of_refusals },
		{ "a-call-carries-so-much", a_call_carries_so_much },
		{ "handlers-of-both-kinds-start-nothing-again", handlers_of_both_kinds_start_nothing_again },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
