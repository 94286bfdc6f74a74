# hpy-config.cmake: the target hpy::hpy, which extensions in C and C++ for @PYTHON@ are linked with.
set(hpy_VERSION @VERSION@)
if(NOT TARGET hpy::hpy)
  get_filename_component(_hpy_root "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
  add_library(hpy::hpy STATIC IMPORTED)
  set_target_properties(hpy::hpy PROPERTIES
    IMPORTED_LOCATION "${_hpy_root}/lib/cpython/@LIBRARY@"
    INTERFACE_INCLUDE_DIRECTORIES "${_hpy_root}/include"
    INTERFACE_COMPILE_DEFINITIONS "HPY;HPY_ABI_CPYTHON")
  unset(_hpy_root)
endif()
