/* What is not as a kernel would have it, each as docs/bridge.md says. */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "card.h"

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

static void the_access_mode_is_the_sockets(void)
{
	int fd = open_card(0, O_RDONLY);

	CHECK((fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR);
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

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "bare-system-calls-see-a-socket", bare_system_calls_see_a_socket },
		{ "the-access-mode-is-the-sockets", the_access_mode_is_the_sockets },
		{ "maps-name-the-memory", maps_name_the_memory },
		{ "an-open-file-stays-as-it-was", an_open_file_stays_as_it_was },
		{ "streams-do-not-hear-of-refusals", streams_do_not_hear_of_refusals },
		{ "a-call-carries-so-much", a_call_carries_so_much },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
