# A table of contents of ICU data without entries: header, kind "ToCP", version 1, count 0.
        .section .rodata
        .globl  icudtNUMBER_dat
        .type   icudtNUMBER_dat, @object
        .balign 16
icudtNUMBER_dat:
        .short  32                      # bytes of this header
        .byte   0xda, 0x27              # how ICU knows its own
        .short  20, 0                   # bytes of what follows, reserved
        .byte   0, 0, 2, 0              # little endian, ASCII, two bytes a letter, reserved
        .ascii  "ToCP"
        .byte   1, 0, 0, 0
        .byte   0, 0, 0, 0
        .space  8
        .long   0, 0, 0, 0, 0, 0
        .size   icudtNUMBER_dat, . - icudtNUMBER_dat
        .section .note.GNU-stack, "", @progbits
