/* A socket for uevents whose reader comes late. Which call it reads by, it is told; each step waits for a byte of input. */
#define _GNU_SOURCE
#include <linux/netlink.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include "check.h"

#define AT_ONCE 3

static const char *call;
static char texts[AT_ONCE][2048];
static struct sockaddr_nl from;
static unsigned seen;

static void await_input(void)
{
	char byte;

	fflush(stdout);
	CHECK(read(0, &byte, 1) == 1);
}

static bool is(const char *name)
{
	return !strcmp(call, name);
}

static void comes_from_the_kernel(socklen_t length)
{
	CHECK(length == sizeof from && from.nl_family == AF_NETLINK && from.nl_pid == 0 && from.nl_groups == 1);
	memset(&from, 0xff, sizeof from);
}

static int receive_some(int fd)
{
	struct iovec io[AT_ONCE] = { { texts[0], sizeof *texts }, { texts[1], sizeof *texts }, { texts[2], sizeof *texts } };
	struct sockaddr_nl names[AT_ONCE];
	struct mmsghdr messages[AT_ONCE];

	for (int i = 0; i < AT_ONCE; i++)
		messages[i].msg_hdr = (struct msghdr){ .msg_name = &names[i], .msg_namelen = sizeof *names, .msg_iov = &io[i], .msg_iovlen = 1 };
	int count = recvmmsg(fd, messages, AT_ONCE, 0, NULL);
	for (int i = 0; i < count; i++) {
		from = names[i];
		comes_from_the_kernel(messages[i].msg_hdr.msg_namelen);
		texts[i][messages[i].msg_len] = 0;
	}
	return count;
}

/* How many it has received; -1 for an error. */
static int receive(int fd)
{
	struct iovec io = { texts[0], sizeof *texts };
	struct msghdr message = { .msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &io, .msg_iovlen = 1 };
	socklen_t length = sizeof from;
	ssize_t r;

	if (is("recvmmsg"))
		return receive_some(fd);
	r = is("read") ? read(fd, texts[0], sizeof *texts) : is("readv") ? readv(fd, &io, 1) : is("recvmsg") ? recvmsg(fd, &message, 0)
		: is("recvfrom") ? recvfrom(fd, texts[0], sizeof *texts, 0, (struct sockaddr *)&from, &length) : recv(fd, texts[0], sizeof *texts, 0);
	if (r < 0)
		return -1;
	if (is("recvmsg") || is("recvfrom"))
		comes_from_the_kernel(is("recvmsg") ? message.msg_namelen : length);
	texts[0][r] = 0;
	return 1;
}

/* What happens beside this, wherever it does. */
static bool is_the_machines(const char *text)
{
	return strchr(text, '@') != NULL;
}

static short polled(int fd, short events)
{
	struct pollfd entry = { fd, events, 0 };

	CHECK(poll(&entry, 1, 0) >= 0);
	return entry.revents;
}

static int selected(int fd)
{
	fd_set sets[3];

	for (int i = 0; i < 3; i++) {
		FD_ZERO(&sets[i]);
		FD_SET(fd, &sets[i]);
	}
	CHECK(select(fd + 1, &sets[0], &sets[1], &sets[2], &(struct timeval){ 0 }) >= 0);
	return FD_ISSET(fd, &sets[0]) | FD_ISSET(fd, &sets[1]) << 1 | FD_ISSET(fd, &sets[2]) << 2;
}

static void loses_once(int fd)
{
	int error = 0;
	socklen_t length = sizeof error;

	CHECK(polled(fd, POLLIN | POLLOUT) == (POLLIN | POLLOUT | POLLERR) && polled(fd, 0) == POLLERR && selected(fd) == 3);
	if (!is("SO_ERROR"))
		FAILS(receive(fd), ENOBUFS);
	else
		CHECK(!getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) && error == ENOBUFS);
	CHECK(!getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) && !error);
	CHECK(!(polled(fd, POLLIN | POLLOUT) & POLLERR) && !polled(fd, 0));
}

/* Those that there was room for, in their order. */
static void reads_all(int fd)
{
	int count;

	while ((count = receive(fd)) > 0)
		for (int i = 0; i < count; i++)
			if (!is_the_machines(texts[i]))
				CHECK(atoi(texts[i]) == (int)seen++);
	CHECK(count < 0 && polled(fd, POLLIN | POLLOUT) == POLLOUT && selected(fd) == 2);
}

/* Who waits for a uevent hears that some have been lost. */
static int waits(void)
{
	struct sockaddr_nl own = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);
	struct pollfd entry = { fd, POLLIN, 0 };
	long received;
	int error;

	CHECK(fd >= 0 && !bind(fd, (struct sockaddr *)&own, sizeof own));
	puts("ready");
	fflush(stdout);
	do {
		received = recv(fd, texts[0], sizeof *texts, 0);
		error = errno;
	} while (received > 1);
	CHECK(received == -1 && error == ENOBUFS);
	puts("polls");
	fflush(stdout);
	do
		CHECK(poll(&entry, 1, -1) == 1);
	while (entry.revents == POLLIN && recv(fd, texts[0], sizeof *texts, 0) > 1);
	CHECK(entry.revents == (POLLIN | POLLERR));
	FAILS(recv(fd, texts[0], sizeof *texts, MSG_PEEK), ENOBUFS);
	FAILS(recv(fd, texts[0], sizeof *texts, MSG_DONTWAIT), EAGAIN);
	puts("done");
	return 0;
}

int main(int argc, char **argv)
{
	struct sockaddr_nl own = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);

	if (argc == 2 && !strcmp(argv[1], "waits"))
		return waits();
	CHECK(argc == 2 && fd >= 0 && !bind(fd, (struct sockaddr *)&own, sizeof own));
	call = argv[1];
	puts("ready");
	await_input();
	loses_once(fd);
	reads_all(fd);
	printf("%u\n", seen);
	await_input();
	/* There is room again. */
	do
		CHECK(receive(fd) == 1);
	while (is_the_machines(texts[0]));
	CHECK(atoi(texts[0]) == -1);
	puts("done");
	return 0;
}
