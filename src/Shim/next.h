/* The C library's own functions behind ours, for those that a thread can be cancelled in, or that do more than a system call. */
#ifndef NEXT_H
#define NEXT_H
#include <dirent.h>
#include <fts.h>
#include <ftw.h>
#include <glob.h>
#include <poll.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#define NEXT_FUNCTIONS(F) \
	F(ssize_t, read, (int a, void *b, size_t c), (a, b, c)) \
	F(ssize_t, pread, (int a, void *b, size_t c, off_t d), (a, b, c, d)) \
	F(ssize_t, readv, (int a, const struct iovec *b, int c), (a, b, c)) \
	F(ssize_t, write, (int a, const void *b, size_t c), (a, b, c)) \
	F(ssize_t, writev, (int a, const struct iovec *b, int c), (a, b, c)) \
	F(ssize_t, recvmsg, (int a, struct msghdr *b, int c), (a, b, c)) \
	F(int, recvmmsg, (int a, struct mmsghdr *b, unsigned c, int d, struct timespec *e), (a, b, c, d, e)) \
	F(ssize_t, recv, (int a, void *b, size_t c, int d), (a, b, c, d)) \
	F(ssize_t, recvfrom, (int a, void *b, size_t c, int d, __SOCKADDR_ARG e, socklen_t *f), (a, b, c, d, e, f)) \
	F(ssize_t, send, (int a, const void *b, size_t c, int d), (a, b, c, d)) \
	F(ssize_t, sendto, (int a, const void *b, size_t c, int d, __CONST_SOCKADDR_ARG e, socklen_t f), (a, b, c, d, e, f)) \
	F(ssize_t, sendmsg, (int a, const struct msghdr *b, int c), (a, b, c)) \
	F(int, getsockopt, (int a, int b, int c, void *d, socklen_t *e), (a, b, c, d, e)) \
	F(int, setsockopt, (int a, int b, int c, const void *d, socklen_t e), (a, b, c, d, e)) \
	F(int, shutdown, (int a, int b), (a, b)) \
	F(int, socket, (int a, int b, int c), (a, b, c)) \
	F(int, bind, (int a, __CONST_SOCKADDR_ARG b, socklen_t c), (a, b, c)) \
	F(int, getsockname, (int a, __SOCKADDR_ARG b, socklen_t *c), (a, b, c)) \
	F(int, getpeername, (int a, __SOCKADDR_ARG b, socklen_t *c), (a, b, c)) \
	F(int, poll, (struct pollfd *a, nfds_t b, int c), (a, b, c)) \
	F(int, ppoll, (struct pollfd *a, nfds_t b, const struct timespec *c, const sigset_t *d), (a, b, c, d)) \
	F(int, select, (int a, fd_set *b, fd_set *c, fd_set *d, struct timeval *e), (a, b, c, d, e)) \
	F(int, pselect, (int a, fd_set *b, fd_set *c, fd_set *d, const struct timespec *e, const sigset_t *f), (a, b, c, d, e, f)) \
	F(int, epoll_wait, (int a, struct epoll_event *b, int c, int d), (a, b, c, d)) \
	F(int, epoll_pwait, (int a, struct epoll_event *b, int c, int d, const sigset_t *e), (a, b, c, d, e)) \
	F(int, epoll_pwait2, (int a, struct epoll_event *b, int c, const struct timespec *d, const sigset_t *e), (a, b, c, d, e)) \
	F(FILE *, fopen, (const char *a, const char *b), (a, b)) \
	F(FILE *, freopen, (const char *a, const char *b, FILE *c), (a, b, c)) \
	F(int, faccessat, (int a, const char *b, int c, int d), (a, b, c, d)) \
	F(char *, realpath, (const char *a, char *b), (a, b)) \
	F(char *, getcwd, (char *a, size_t b), (a, b)) \
	F(char *, get_current_dir_name, (void), ()) \
	F(DIR *, opendir, (const char *a), (a)) \
	F(DIR *, fdopendir, (int a), (a)) \
	F(struct dirent *, readdir, (DIR *a), (a)) \
	F(void, rewinddir, (DIR *a), (a)) \
	F(int, closedir, (DIR *a), (a)) \
	F(int, readdir_r, (DIR *a, struct dirent *b, struct dirent **c), (a, b, c)) \
	F(int, scandirat, (int a, const char *b, struct dirent ***c, picked *d, compared *e), (a, b, c, d, e)) \
	F(int, glob, (const char *a, int b, failed *c, glob_t *d), (a, b, c, d)) \
	F(int, ftw, (const char *a, __ftw_func_t b, int c), (a, b, c)) \
	F(int, nftw, (const char *a, __nftw_func_t b, int c, int d), (a, b, c, d)) \
	F(FTS *, fts_open, (char *const *a, int b, ranked *c), (a, b, c)) \
	F(FTSENT *, fts_read, (FTS *a), (a)) \
	F(FTSENT *, fts_children, (FTS *a, int b), (a, b)) \
	F(int, fts_close, (FTS *a), (a))

typedef int picked(const struct dirent *);
typedef int compared(const struct dirent **, const struct dirent **);
typedef int failed(const char *, int);
typedef int ranked(const FTSENT **, const FTSENT **);

#define DECLARE(type, name, parameters, arguments) type next_##name parameters;
NEXT_FUNCTIONS(DECLARE)
#undef DECLARE
#endif
