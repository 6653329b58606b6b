/* The C library's own functions behind ours, for those that a thread can be cancelled in, or that do more than a system call. */
#ifndef NEXT_H
#define NEXT_H
#define NEXT_FUNCTIONS(F) \
	F(ssize_t, read, (int a, void *b, size_t c), (a, b, c)) \
	F(ssize_t, pread, (int a, void *b, size_t c, off_t d), (a, b, c, d)) \
	F(ssize_t, readv, (int a, const struct iovec *b, int c), (a, b, c)) \
	F(ssize_t, write, (int a, const void *b, size_t c), (a, b, c)) \
	F(ssize_t, recvmsg, (int a, struct msghdr *b, int c), (a, b, c)) \
	F(int, recvmmsg, (int a, struct mmsghdr *b, unsigned c, int d, struct timespec *e), (a, b, c, d, e)) \
	F(ssize_t, recv, (int a, void *b, size_t c, int d), (a, b, c, d)) \
	F(ssize_t, send, (int a, const void *b, size_t c, int d), (a, b, c, d)) \
	F(int, poll, (struct pollfd *a, nfds_t b, int c), (a, b, c)) \
	F(int, ppoll, (struct pollfd *a, nfds_t b, const struct timespec *c, const sigset_t *d), (a, b, c, d)) \
	F(int, select, (int a, fd_set *b, fd_set *c, fd_set *d, struct timeval *e), (a, b, c, d, e)) \
	F(int, pselect, (int a, fd_set *b, fd_set *c, fd_set *d, const struct timespec *e, const sigset_t *f), (a, b, c, d, e, f))

#define DECLARE(type, name, parameters, arguments) type next_##name parameters;
NEXT_FUNCTIONS(DECLARE)
#undef DECLARE
#endif
