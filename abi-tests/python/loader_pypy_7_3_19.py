# abi-tests/python/loader_pypy_7_3_19.py: the tests that the loader of PyPy 7.3.19 is known not to pass, and why.

from known import Known
from known_groups import (
    LONG_CHAINS,
    METACLASSES_OF_BASES,
    NEWER_SHAPES,
    PLACES_OF_STRUCTS,
    PYTHON_SUBCLASSES,
    SPEC_CHECKS,
    STRUCTS_OVER_PYTHON_CLASSES,
)

KNOWN = [
    Known(
        "PyPy counts no references",
        fails="""
            containers.TestList.test_append_and_insert extras_dict.TestIteration.test_references
            extras_object.TestModules.test_content globals.TestGlobals.test_borrowed
            extras_text.TestExceptions.test_parts gc.TestDestroy.test_references_to_the_type
            gc.TestFields.test_store_and_load item.TestSet.test_references
            number.TestNumber.test_results_are_new_references object.TestAttributes.test_references
            types.TestInstances.test_new
        """,
    ),
    Known(
        "PyPy frees an object when it collects garbage, which is later, and each object of a chain in its own "
        "collection",
        skipped=LONG_CHAINS + """
            gc.TestChains.test_long_with_other_containers_between gc.TestFinalize.test_resurrected_from_a_cycle
            gc.TestWeakReferences.test_cleared_in_a_cycle panics.TestUnraisable.test_release_buffer
        """,
        fails="""
            capsule.TestDestructor.test_called capsule.TestDestructor.test_of_what_was_set
            capsule.TestDestructor.test_once capsule.TestDestructor.test_set
            capsule.TestDestructor.test_without_function gc.TestFields.test_fields_are_released_with_the_instance
            gc.TestFields.test_the_new_value_is_in_place_when_the_old_one_goes gc.TestFinalize.test_resurrected
            gc.TestWeakReferences.test_cleared gc.TestWeakReferences.test_the_fields_are_whole_when_callbacks_run
            panics.TestEnd.test_nobody_to_tell panics.TestUnraisable.test_finalize
            python_bases.TestOtherExtensions.test_partial
            python_bases.TestPythonClasses.test_attributes_are_released
            python_bases.TestPythonClasses.test_many_attributes python_bases.TestPythonClasses.test_weak_references
            recursion.TestChains.test_trees shared_places.TestSlotsBehindItems.test_tuple
            slots.TestObject.test_new_and_init tracker.TestTracker.test_closed_in_order
        """,
    ),
    Known(
        "PyPy aborts when it collects an instance of a Python subclass of a type with HPy_tp_destroy or "
        "HPy_tp_finalize",
        skipped=PYTHON_SUBCLASSES + " slots.TestObject.test_new_of_a_python_class",
    ),
    Known(
        "an instance is of a class that is not in its own order of bases only on CPython",
        fails="handles.TestHandles.test_type_check_of_bases",
    ),
    Known(
        "a RecursionError while the loader converts handles ends the process",
        skipped="""
            depth.TestDepth.test_arguments depth.TestDepth.test_error depth.TestDepth.test_keys
            depth.TestDepth.test_repr
        """,
    ),
    Known(
        "types and functions lack attributes that CPython's have: __basicsize__, __itemsize__, __weakrefoffset__, "
        "__self__; gc has no is_tracked",
        fails="""
            bases.TestBases.test_below_another call_function.TestDerived.test_size
            call_levels.TestWithoutStruct.test_layout gc.TestTraverse.test_tracking
            gc.TestWeakReferences.test_place members.TestGetSet.test_descriptors
            members.TestMembers.test_descriptors members.TestMethods.test_descriptors
            members.TestMethods.test_methods_outlive_the_name_of_the_type modules.TestModules.test_functions
            places.TestWordOfACall.test_struct_of_the_same_size python_bases.TestPythonClasses.test_attributes
            python_bases.TestPythonClasses.test_cycles python_bases.TestPythonClasses.test_dictionaries
            python_bases.TestPythonClasses.test_no_cycle_is_lost_while_it_is_in_use
            python_bases.TestPythonClasses.test_referents shapes.TestShapes.test_without_struct
            types.TestInstances.test_flags types.TestInstances.test_itemsize
        """,
    ),
    Known(
        "HPyMember_OBJECT and HPyMember_OBJECT_EX abort for objects that Python made",
        skipped="""
            bases.TestBases.test_python_classes_below members.TestMembers.test_in_a_python_class
            members.TestMembers.test_object members.TestMembers.test_object_ex
            members.TestMembers.test_object_ex_is_released_with_the_instance
            metaclasses.TestAbstract.test_collected
        """,
    ),
    Known(
        "a getset without getter or setter aborts, and a getter that fails corrupts the handles of later calls",
        skipped="""
            members.TestGetSet.test_get members.TestGetSet.test_set panics.TestPanics.test_slots
        """,
    ),
    Known(
        "HPy_tp_traverse of a type below another one, or of a Python subclass, gets the wrong struct",
        skipped="""
            gc.TestCycles.test_cycle_with_a_hpy_type gc.TestCycles.test_cycle_with_the_type
            gc.TestCycles.test_type_of_an_instance_in_its_own_field gc.TestDestroy.test_of_derived_types
            gc.TestTraverse.test_referents_of_a_derived_type python_bases.TestSandwich.test_cycles
            python_bases.TestSandwich.test_dictionary python_bases.TestSandwich.test_fields_and_slots
            shapes.TestType.test_destroyed shared_places.TestDictionaryInAField.test_cycles
            shared_places.TestDictionaryInAField.test_whole
        """,
    ),
    Known(
        "PyPy bounds recursion by the bytes of the stack, of which an unoptimised build in Rust takes the most",
        skipped="recursion.TestRecursion.test_depth",
        only="rust",
    ),
    Known(
        "HPyList_Append aborts for what is no list",
        skipped="thread_entry.TestCriticalSections.test_an_exception_goes_through",
    ),
    Known(
        "names are not checked to be UTF-8, and surrogates get a UTF-8",
        skipped="extras_dict.TestChanges.test_keys_that_are_not_utf8",
        fails="""
            arg_units.TestText.test_surrogates extras_object.TestObject.test_names_that_are_not_utf8
            kept_names.TestTexts.test_what_is_no_text
            extras_text.TestText.test_surrogates_have_no_utf8
        """,
    ),
    Known(
        "a bytearray with a view can be resized",
        fails="extras_text.TestText.test_bytearray_with_a_view",
    ),
    Known(
        "HPyGlobal_Store releases and sets in another order",
        fails="""
            globals.TestGlobals.test_store_and_load
            globals.TestGlobals.test_the_new_value_is_in_place_when_the_old_one_goes
        """,
    ),
    Known(
        "making a type with HPy_tp_call below another one panics or crashes",
        skipped="""
            call_function.TestDerived.test_inherited call_function.TestDerived.test_own_function
            call_levels.TestLevels.test_function_of_a_base call_levels.TestLevels.test_function_of_an_object
            call_levels.TestLevels.test_overridden call_levels.TestLevels.test_set_from_python
            places.TestFurtherBases.test_cycles places.TestFurtherBases.test_instances
        """,
    ),
    Known(
        "HPy_SetCallFunction acts on the type, and accepts objects without HPy_tp_call",
        skipped="call_function.TestPlaced.test_without_function",
        fails="""
            call_function.TestSetCallFunction.test_one_object call_function.TestSetCallFunction.test_python_class
            call_function.TestSetCallFunction.test_refused call_levels.TestLevels.test_foreign_base
            call_levels.TestWithoutStruct.test_function_of_an_object
        """,
    ),
    Known(
        "shapes are incomplete: no struct behind a builtin base",
        skipped="""
            shapes.TestShapes.test_cycles shapes.TestShapes.test_cycles_through_the_field_alone
            shapes.TestShapes.test_destroyed shapes.TestShapes.test_referents shapes.TestShapes.test_values
            shapes.TestVariableSize.test_destroyed
        """,
        fails="""
            shapes.TestShapes.test_below_one_another shapes.TestShapes.test_items_are_released
            shapes.TestShapes.test_numbers
        """,
    ),
    Known(
        "HPyType_BuiltinShape_Dict and HPyType_BuiltinShape_Opaque do not exist",
        fails=NEWER_SHAPES,
    ),
    Known(
        "HPyType_FromSpec does not check the size and the place of a struct",
        fails=PLACES_OF_STRUCTS + STRUCTS_OVER_PYTHON_CLASSES,
    ),
    Known(
        "HPyType_FromSpec ignores the metaclass of a base",
        fails=METACLASSES_OF_BASES + """
            bases.TestMetaclass.test_with_its_own_new metaclasses.TestAbstract.test_final
        """,
    ),
    Known(
        "HPyType_FromSpec checks less, has other messages, and aborts for unknown parameters",
        skipped="types.TestRefused.test_parameters",
        fails=SPEC_CHECKS + """
            bases.TestBases.test_final bases.TestBases.test_not_acceptable
            types.TestNames.test_the_description_is_not_kept types.TestNames.test_without_module
            types.TestNames.test_without_module_as_an_error types.TestRefused.test_call_protocol
            types.TestRefused.test_members_without_struct types.TestRefused.test_metaclass
            types.TestRefused.test_order types.TestRefused.test_shape
        """,
    ),
    Known(
        "docstrings keep the signature",
        fails="types.TestDoc.test_doc",
    ),
    Known(
        "HPyType_GetBuiltinShape and HPy_New do not check that their argument is a type",
        fails="""
            types.TestInstances.test_new_of_no_type types.TestInstances.test_shape
        """,
    ),
    Known(
        "buffers: the view crashes without a getbuffer of its own, has no object, and PyPy releases it more often,"
        " with another HPy_buffer when it goes with the object",
        skipped="""
            buffer.TestBuffer.test_below_with_one_function buffer.TestBuffer.test_one_at_a_time
            buffer.TestBuffer.test_python_class buffer.TestBuffer.test_released_with_the_view
            buffer.TestBuffer.test_simple buffer.TestBuffer.test_the_view_keeps_the_object
            buffer.TestBuffer.test_view buffer.TestBuffer.test_views_of_a_view
            buffer.TestBuffer.test_written_by_others
        """,
    ),
    Known(
        "HPy_tp_new gets keyword arguments as a tuple of their names",
        fails="inline_helpers.AddType.test_type",
    ),
    Known(
        "PyPy does not call reflected operators",
        fails="""
            slots.TestNumber.test_binary slots.TestNumber.test_power slots.TestSequence.test_concat_and_repeat
        """,
    ),
    Known(
        "HPy_tp_descr_get gets None for no object",
        fails="slots.TestObject.test_descr_get",
    ),
    Known(
        "integers: PyPy accepts other conversions, and reports other overflows",
        fails="""
            long.TestLong.test_int_is_accepted_on_39_alone long.TestLong.test_no_integer
            long.TestLong.test_overflow long.TestLong.test_overflow_texts long.TestLong.test_void_ptr
            members.TestMembers.test_integers members.TestMembers.test_out_of_range_is_a_warning
        """,
    ),
    Known(
        "HPyFloat_AsDouble does not call __index__",
        fails="arg_parse.Units.test_floats float_bool.TestFloat.test_as_double",
    ),
    Known(
        "text with surrogates, and an object that is no text, are an internal error",
        fails="""
            arg_parse.Units.test_text format.RunTime.test_c_strings format.RunTime.test_surrogates
            unicode.TestUTF8.test_as unicode.TestUTF8.test_from
        """,
    ),
    Known(
        "codecs take only str and bytes, and check less",
        fails="""
            unicode.TestOtherEncodings.test_file_system unicode.TestOtherEncodings.test_from_encoded
        """,
    ),
    Known(
        "errors: PyPy ignores a null file name, has another default warning, and reports other errors than CPython",
        skipped="error.TestErrno.test_filename",
        fails="""
            error.TestSet.test_no_exception error.TestUnraisable.test_write
            error.TestWarnings.test_default_category
        """,
    ),
    Known(
        "HPy_NULL is no item, no tracker, no bound of a slice, no capsule",
        skipped="""
            containers.TestBuilders.test_no_memory extras_more.TestBorrowed.test_given_to_none
            containers.TestBuilders.test_null_item
            containers.TestList.test_null_is_refused containers.TestSlice.test_new tracker.TestTracker.test_null
        """,
        fails="capsule.TestCapsule.test_null_pointer containers.TestList.test_new",
    ),
    Known(
        "PyPy takes a text that is not UTF-8 for an object, and aborts where it is an item of a tuple",
        skipped="build_value.CompileTime.test_not_utf8",
    ),
    Known(
        "building an empty tuple aborts",
        skipped="build_value.RunTime.test_values",
    ),
    Known(
        "HPyBytes_Size and HPyNumber_Check check less, and HPy_Bytes takes no list",
        skipped="bytes.TestBytes.test_below",
        fails="""
            bytes.TestBytes.test_size number.TestNumber.test_check object.TestText.test_text
        """,
    ),
    Known(
        "modules: HPy_mod_create cannot set attributes, attributes differ, and the next call raises an error that "
        "HPy_mod_exec left",
        skipped="modules.TestExec.test_leaves_an_error",
        fails="""
            modules.TestCreate.test_created modules.TestModules.test_full
            modules.TestModules.test_function_without_arguments modules.TestModules.test_ignored
            modules.TestProcess.test_end_of_the_process
        """,
    ),
    Known(
        "setting an attribute that has a getter alone aborts",
        skipped="safe.TestClasses.test_attributes",
        only="rust",
    ),
    Known(
        "HPy_tp_new gets keyword arguments that are no dictionary; any class can be derived from",
        fails="safe.TestClasses.test_constructor safe.TestClasses.test_subclasses",
        only="rust",
    ),
    Known(
        "a setter that fails raises nothing",
        fails="panics.TestPanics.test_nothing_is_kept",
    ),
    Known(
        "of several definitions with one name the last stays, whatever its kind",
        fails="""
            names.TestOneName.test_member_and_getset names.TestOneName.test_method_and_member
            names.TestOneName.test_slot_and_method names.TestOneName.test_two_getsets
            names.TestOneName.test_two_methods
        """,
    ),
    Known(
        "HPy_NULL as an argument aborts",
        skipped="""
            nulls.TestNulls.test_deleting_an_attribute_whose_setter_converts nulls.TestNulls.test_items_of_nothing
            nulls.TestNulls.test_setting_an_item_to_nothing_deletes_nothing
            nulls.TestNulls.test_what_the_table_says
        """,
    ),
    Known(
        "HPyMember_ULONGLONG refuses values above a signed long long",
        fails="""
            places.TestRefused.test_struct_of_odd_size places.TestWordOfACall.test_larger_struct
        """,
    ),
]
