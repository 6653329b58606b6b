/* Another user, who knows where the daemon's socket is: stranger USER SOCKET. Speaks the wire by itself, so that no library of ours is in the way. */
#define _GNU_SOURCE
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "check.h"
#include "wire.h"

static int connected(const struct sockaddr_un *address, socklen_t length)
{
	int fd;

	CHECK((fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0)) >= 0);
	return connect(fd, (const struct sockaddr *)address, length) ? -errno : fd;
}

static const char *knock(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct { struct wire_open open; char path[14]; } ask = { { WIRE_MAGIC, WIRE_OPEN, 2, 14 }, "/dev/dri/card0" };
	struct iovec io = { &ask, sizeof ask.open + ask.open.length };
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control = { 0 };
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
	struct wire_opened opened = { 0 };
	int fd, ends[2];

	strncpy(address.sun_path, path, sizeof address.sun_path - 1);
	if ((fd = connected(&address, sizeof address)) < 0)
		return strerror(-fd);
	CHECK(!socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends));
	control.header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
	memcpy(CMSG_DATA(&control.header), &ends[1], sizeof ends[1]);
	sendmsg(fd, &message, MSG_NOSIGNAL);
	return recv(fd, &opened, sizeof opened, 0) == sizeof opened && !opened.error ? "opened" : "turned away";
}

/* The names of open cards are no doors. */
static void rattle(void)
{
	char line[512], *name;
	FILE *names = fopen("/proc/net/unix", "r");
	int tried = 0;

	CHECK(names);
	while (fgets(line, sizeof line, names))
		if ((name = strstr(line, "@" WIRE_NAME))) {
			struct sockaddr_un address = { .sun_family = AF_UNIX };
			size_t length = strcspn(name, "\n");
			memcpy(address.sun_path + 1, name + 1, length - 1);
			CHECK(connected(&address, (socklen_t)(sizeof address.sun_family + length)) == -ECONNREFUSED);
			tried++;
		}
	CHECK(tried > 0);
}

int main(int argc, char **argv)
{
	CHECK(argc == 3);
	CHECK(!setgid((gid_t)atoi(argv[1])) && !setuid((uid_t)atoi(argv[1])));
	puts(knock(argv[2]));
	rattle();
	return 0;
}
