// SPDX-License-Identifier: Apache-2.0

/// The smallest program of this machine that exits with a given status: an ELF header, one segment's header and three
/// instructions (elf(5)). As an interpreter it tells by its status which file the kernel has run.
package enum ExitProgram {
    package static func image(status: UInt8) -> [UInt8] {
        let code = code(status)
        let (address, start) = (UInt64(0x40_0000), UInt64(64 + 56))
        var image: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0] + Array(repeating: 0, count: 8)
        func add(_ value: UInt64, _ size: Int) {
            image += (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        for (value, size) in [(2, 2), (machine, 2), (1, 4), (address + start, 8), (64, 8), (0, 8), (0, 4)] {
            add(value, size)
        }
        for value: UInt64 in [64, 56, 1, 0, 0, 0] { add(value, 2) }
        let (load, readAndExecute): (UInt64, UInt64) = (1, 5)
        add(load, 4)
        add(readAndExecute, 4)
        let size = start + UInt64(code.count)
        for value in [0, address, address, size, size, 0x1_0000] { add(value, 8) }
        return image + code
    }

    #if arch(x86_64)
        private static let machine: UInt64 = 62
        // mov edi, STATUS; mov eax, 60; syscall
        private static func code(_ status: UInt8) -> [UInt8] { [0xbf, status, 0, 0, 0, 0xb8, 60, 0, 0, 0, 0x0f, 0x05] }
    #elseif arch(arm64)
        private static let machine: UInt64 = 183
        // mov w0, #STATUS; mov x8, #93; svc #0
        private static func code(_ status: UInt8) -> [UInt8] {
            let word = 0x5280_0000 | UInt32(status) << 5
            return [word, 0xd280_0ba8, 0xd400_0001].flatMap { word in
                (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
            }
        }
    #endif
}
