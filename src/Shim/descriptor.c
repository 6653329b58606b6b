/* What a descriptor is, asked of the descriptor: it holds after dup, fork, exec, and for one that another process sent. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include "shim.h"

bool armed, may_have_fences, may_have_monitors;

void arm(void)
{
	armed = true;
}

/* No socket; a pipe of the daemon's, if the signal of it is one of these. */
static enum kind marked(int fd, struct ours *ours)
{
	long mark = raw(SYS_fcntl, fd, F_GETSIG);
	struct stat of = { 0 };

	if (mark < WIRE_DMA_BUF || mark > WIRE_SW_SYNC)
		return NOT_OURS;
	if (ours) {
		raw(SYS_fstat, fd, &of);
		*ours = (struct ours){ .kind = DMA_BUF + (enum kind)(mark - WIRE_DMA_BUF), .file = of.st_ino,
			.mode = mark == WIRE_DMA_BUF_RDWR || mark == WIRE_SW_SYNC ? O_RDWR : O_RDONLY };
	}
	return DMA_BUF + (enum kind)(mark - WIRE_DMA_BUF);
}

static enum kind kind_of(int fd, struct ours *ours)
{
	struct sockaddr_un name;
	int length = sizeof name;
	const char *p = name.sun_path + 1, *end;
	const char prefix[] = WIRE_NAME;
	enum kind kind;
	long r = !armed || fd < 0 ? -EBADF : raw(SYS_getsockname, fd, &name, &length);

	if (r < 0)
		return r == -ENOTSOCK ? marked(fd, ours) : NOT_OURS;
	if (name.sun_family != AF_UNIX)
		return NOT_OURS;
	end = (const char *)&name + length;
	if (end - p < (long)sizeof prefix + 4 || name.sun_path[0])
		return NOT_OURS;
	for (unsigned i = 0; i < sizeof prefix - 1; i++)
		if (*p++ != prefix[i])
			return NOT_OURS;
	kind = *p == CARD || *p == LIVE_FILE || *p == CHANNEL || *p == MONITOR ? (enum kind)*p : NOT_OURS;
	if (kind == MONITOR && !may_have_monitors)
		may_have_monitors = true;
	if (kind == NOT_OURS || !ours)
		return kind;
	ours->kind = kind;
	ours->minor = 0;
	for (p += 2; p < end && *p >= '0' && *p <= '9'; p++)
		ours->minor = ours->minor * 10 + (unsigned)(*p - '0');
	p++;
	for (unsigned i = 0; i < sizeof ours->token; i++)
		ours->token[i] = p < end && *p != '/' ? *p++ : 0;
	ours->file = 0;
	for (p++; p < end && *p >= '0' && *p <= '9'; p++)
		ours->file = ours->file * 10 + (unsigned)(*p - '0');
	ours->mode = p + 1 < end ? p[1] - '0' : O_RDWR;
	return kind;
}

enum kind look_at(int fd, struct ours *ours)
{
	enum kind kind = kind_of(fd, ours);

	return kind == MONITOR ? NOT_OURS : kind;
}

enum kind look_at_socket(int fd, struct ours *ours)
{
	return kind_of(fd, ours);
}

int hide(int fd)
{
	struct rlimit limit;
	long r = -EMFILE;

	if (!raw(SYS_prlimit64, 0, RLIMIT_NOFILE, 0, &limit))
		r = raw(SYS_fcntl, fd, F_DUPFD_CLOEXEC, limit.rlim_cur > 1 << 20 ? 1 << 19 : limit.rlim_cur / 2);
	return (int)(r < 0 ? raw(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 3) : r);
}
