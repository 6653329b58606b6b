/* Makes the ioctls that it is told, one a line, with the bytes that it is told, and says what came of each. Pointers reach MEMORY and nothing else. */
#include <inttypes.h>
#include "card.h"

#define MEMORY ((char *)0x500000000000)
#define SIZE (1 << 16)
#define NOWHERE ((char *)8)

static char line[2 * SIZE + 100];

static size_t from_hex(char *to, const char *hex)
{
	size_t length = 0;
	unsigned int byte;

	for (; sscanf(hex + 2 * length, "%2x", &byte) == 1; length++)
		to[length] = (char)byte;
	return length;
}

static void say_hex(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		printf("%02X", (unsigned char)bytes[i]);
}

static void make(const char *words)
{
	char argument[4096] = { 0 };
	int fd, at;
	unsigned int number;

	CHECK(sscanf(words, "%d %u %n", &fd, &number, &at) == 2);
	size_t length = words[at] == '+' ? from_hex(argument, words + at + 1) : 0;
	int r = ioctl(fd, (unsigned long)number, words[at] == '+' ? argument : NOWHERE);
	printf("%d ", r < 0 ? errno : 0);
	say_hex(argument, length);
}

int main(void)
{
	unsigned long offset, length;
	int at;

	CHECK(mmap(MEMORY, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MEMORY);
	while (fgets(line, sizeof line, stdin)) {
		if (!strcmp(line, "open\n"))
			printf("%d", open_card(0, O_RDWR));
		else if (!strncmp(line, "ioctl ", 6))
			make(line + 6);
		else if (sscanf(line, "write %lu +%n", &offset, &at) == 1)
			from_hex(MEMORY + offset, line + at);
		else if (sscanf(line, "read %lu %lu", &offset, &length) == 2)
			say_hex(MEMORY + offset, length);
		putchar('\n');
		fflush(stdout);
	}
	return 0;
}
