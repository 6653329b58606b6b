/* What /proc tells of cards and dma-bufs. The board is vkms. */
#include "card.h"

static void told(const char *path, const char *what)
{
	char text[1024];
	FILE *file = fopen(path, "r");
	size_t size;

	CHECK(file && (size = fread(text, 1, sizeof text - 1, file)) > 0);
	text[size] = 0;
	CHECK(strstr(text, "pos:\t0\n") && strstr(text, what));
	fclose(file);
}

static void fdinfo_tells_what_they_are(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC };
	char path[40];

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	sprintf(path, "/proc/self/fdinfo/%d", fd);
	told(path, "\ndrm-driver:\tvkms\n");
	told(path, "\ndrm-total-memory:\t16 KiB\n");
	sprintf(path, "/proc/%d/fdinfo/%d", getpid(), prime.fd);
	told(path, "\nexp_name:\tdrm\n");
	told(path, "00\nmnt_id:");
	told(path, "\nsize:\t16384\n");
	sprintf(path, "/proc/self/fdinfo/%d", 0);
	told(path, "flags:");
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "fdinfo-tells-what-they-are", fdinfo_tells_what_they_are }, { 0 } };

	return run_scenario(all, argc, argv);
}
