// SPDX-License-Identifier: Apache-2.0
// Nothing here is called from Swift: CStatic.c defines what the linker looks for in a static program.
#pragma once
